import {
  Button,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  Icon,
  Problem,
  toast,
  usePlace,
} from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { DeadLetterPanel } from './DeadLetterPanel.tsx';
import { DiscardDialog } from './DiscardDialog.tsx';
import css from './dead-letter.module.css';
import { type DeadLetter, useDeadLetters, useReplay, useReplayAll, type Which } from './queries.ts';

const columns: readonly Column<DeadLetter>[] = [
  { key: 'type', title: t('Event'), cell: (letter) => <code>{letter.type}</code>, text: (letter) => letter.type },
  { key: 'handler', title: t('Handler'), hideBelow: 'tablet', cell: (letter) => `${letter.plugin}: ${letter.handler}` },
  {
    key: 'error',
    title: t('Error'),
    cell: (letter) => <code className={css.cut}>{letter.error}</code>,
    text: (letter) => letter.error,
  },
  { key: 'attempts', title: t('Tries'), align: 'end', hideBelow: 'desk', cell: (letter) => letter.attempts },
  {
    key: 'queue',
    title: t('Queue'),
    hidden: true,
    cell: (letter) => <code>{letter.queue}</code>,
    text: (letter) => letter.queue,
  },
  {
    key: 'subject',
    title: t('About'),
    hidden: true,
    cell: (letter) => <code>{letter.subject}</code>,
    text: (letter) => letter.subject,
  },
  {
    key: 'died',
    title: t('Given up'),
    align: 'end',
    hideBelow: 'tablet',
    cell: (letter) => <DateTime at={letter.diedAt} />,
    text: (letter) => letter.diedAt,
  },
];

/** Dead letters, chosen, replayed and discarded; one opens beside the list. */
export function DeadLetterList({ quiet, ...which }: Which & { quiet?: boolean }) {
  const letters = useDeadLetters(which);
  const replay = useReplay();
  const replayAll = useReplayAll();
  const [open, setOpen] = useState<string | null>(usePlace().query.get('letter'));
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [discarding, discard] = useState<readonly string[] | null>(null);
  const shown = letters.data?.find(({ id }) => id === open);
  const count = letters.total ?? letters.data?.length ?? 0;

  const tell = (replayed: number) =>
    toast({
      text: t(
        { one: 'One message is handled again', other: '{count} messages are handled again' },
        { count: replayed },
      ),
    });
  const again = async (ids: readonly string[]) => {
    setOpen(null);
    choose(new Set());
    const done = await replay.run(ids);
    if (done) tell(done.replayed);
  };
  const allAgain = async () => {
    const done = await replayAll.run(which);
    if (done) tell(done.replayed);
  };
  return (
    <>
      <Problem problem={replay.problem ?? replayAll.problem ?? letters.problem} />
      {count > 1 && (
        <p className={css.all}>
          <Button
            leftSection={<Icon name="rotate-clockwise" size={14} />}
            disabled={replayAll.busy}
            onClick={() => void allAgain()}
          >
            {t('Replay all {count}', { count })}
          </Button>
        </p>
      )}
      {!letters.problem && (
        <DataTable
          name="dead-letters"
          quiet={quiet}
          label={t('Dead letters')}
          columns={columns}
          rows={letters.data}
          rowKey={(letter) => letter.id}
          onOpen={(letter) => setOpen(letter.id)}
          mark={(letter) => (letter.id === open ? 'open' : undefined)}
          actions={(letter) => (
            <Button size="compact-sm" onClick={() => void again([letter.id])}>
              {t('Replay')}
            </Button>
          )}
          selection={{
            keys: chosen,
            set: choose,
            actions: (
              <>
                <Button size="compact-sm" onClick={() => void again([...chosen])}>
                  {t('Replay')}
                </Button>
                <Button size="compact-sm" c="var(--bad)" onClick={() => discard([...chosen])}>
                  {t('Discard…')}
                </Button>
              </>
            ),
          }}
          csv={{ file: 'dead-letters' }}
          more={letters.more}
          total={letters.total}
          empty={
            <EmptyState icon="mail" title={t('No dead letters')}>
              {t('A message that fails at every try comes to lie here, with its error, and can be replayed.')}
            </EmptyState>
          }
        />
      )}
      {shown && (
        <DeadLetterPanel
          letter={shown}
          onReplay={() => void again([shown.id])}
          onDiscard={() => discard([shown.id])}
          onClose={() => setOpen(null)}
        />
      )}
      {discarding && (
        <DiscardDialog
          ids={discarding}
          onClose={() => discard(null)}
          onDone={() => {
            discard(null);
            setOpen(null);
            choose(new Set());
            toast({
              text: t(
                { one: 'One message is discarded', other: '{count} messages are discarded' },
                { count: discarding.length },
              ),
            });
          }}
        />
      )}
    </>
  );
}
