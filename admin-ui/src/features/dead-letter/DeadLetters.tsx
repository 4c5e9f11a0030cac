import '../../operator-font.ts';
import {
  Button,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  Icon,
  Page,
  Problem,
  setQuery,
  toast,
  usePlace,
} from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { DeadLetterPanel } from './DeadLetterPanel.tsx';
import { type DeadLetter, useDeadLetters, useReplay, useReplayAll } from './queries.ts';

const columns: readonly Column<DeadLetter>[] = [
  { key: 'type', title: t('Event'), cell: (letter) => <code>{letter.type}</code> },
  { key: 'handler', title: t('Handler'), hideBelow: 'tablet', cell: (letter) => `${letter.plugin}: ${letter.handler}` },
  { key: 'error', title: t('Error'), cell: (letter) => <code>{letter.error}</code> },
  { key: 'attempts', title: t('Tries'), align: 'end', hideBelow: 'desk', cell: (letter) => letter.attempts },
  { key: 'died', title: t('Given up'), align: 'end', cell: (letter) => <DateTime at={letter.diedAt} /> },
];

/** Messages that could not be handled after the last try; each can be replayed once its cause is mended. */
export function DeadLetters() {
  const plugin = usePlace().query.get('plugin');
  const letters = useDeadLetters(plugin);
  const replay = useReplay();
  const replayAll = useReplayAll();
  const [open, setOpen] = useState<DeadLetter | null>(null);
  const count = letters.total ?? letters.data?.length ?? 0;

  const again = async (letter: DeadLetter) => {
    setOpen(null);
    if (await replay.run(letter))
      toast({ text: t('{type} goes to {handler} again', { type: letter.type, handler: letter.handler }) });
  };
  return (
    <Page
      title={
        letters.data
          ? t({ one: 'One message could not be handled', other: '{count} messages could not be handled' }, { count })
          : t('Dead letters')
      }
      here={t('Dead letters')}
      path={[{ title: t('Platform') }]}
      summary={plugin && t('Those of {plugin} alone.', { plugin })}
      actions={
        <>
          {plugin && <Button onClick={() => setQuery({ plugin: null })}>{t('Show all plugins')}</Button>}
          {count > 1 && (
            <Button leftSection={<Icon name="rotate-clockwise" size={14} />} onClick={() => void replayAll.run(plugin)}>
              {t('Replay all')}
            </Button>
          )}
        </>
      }
      fill
    >
      <Problem problem={replay.problem ?? replayAll.problem ?? letters.problem} />
      {!letters.problem && (
        <DataTable
          label={t('Dead letters')}
          columns={columns}
          rows={letters.data}
          rowKey={(letter) => letter.id}
          onOpen={(letter) => setOpen(letter)}
          mark={(letter) => (letter.id === open?.id ? 'open' : undefined)}
          actions={(letter) => (
            <Button size="compact-sm" onClick={() => void again(letter)}>
              {t('Replay')}
            </Button>
          )}
          more={letters.more}
          empty={
            <EmptyState icon="mail" title={t('No dead letters')}>
              {t('A message that fails at every try comes to lie here, with its error, and can be replayed.')}
            </EmptyState>
          }
        />
      )}
      {open && <DeadLetterPanel letter={open} onReplay={() => void again(open)} onClose={() => setOpen(null)} />}
    </Page>
  );
}
