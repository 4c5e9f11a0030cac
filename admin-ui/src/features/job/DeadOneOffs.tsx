import {
  Button,
  type Column,
  Consequences,
  DataTable,
  DateTime,
  Dialog,
  DialogActions,
  Problem,
  Section,
  SidePanel,
  Textarea,
  Timeline,
  toast,
} from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './job.module.css';
import { type DeadOneOff, useDeadOneOffs, useOneOffAgain, useOneOffDiscard } from './queries.ts';

const keyOf = (one: DeadOneOff) => `${one.plugin} ${one.job} ${one.organisation} ${one.key}`;

const columns: readonly Column<DeadOneOff>[] = [
  { key: 'job', title: t('Work'), cell: (one) => <code>{`${one.plugin}: ${one.job}`}</code> },
  { key: 'error', title: t('Error'), cell: (one) => <code className={css.error}>{one.error}</code> },
  { key: 'at', title: t('Planned for'), align: 'end', hideBelow: 'desk', cell: (one) => <DateTime at={one.at} /> },
  {
    key: 'died',
    title: t('Given up'),
    align: 'end',
    hideBelow: 'tablet',
    cell: (one) => one.diedAt && <DateTime at={one.diedAt} />,
  },
];

/** What was given up after the last try: done again, or discarded with a reason. */
export function DeadOneOffs() {
  const { data, problem, refresh } = useDeadOneOffs();
  const again = useOneOffAgain();
  const [open, setOpen] = useState<string | null>(null);
  const [discarding, discard] = useState<DeadOneOff | null>(null);
  const shown = data?.items.find((one) => keyOf(one) === open);
  const doAgain = async (one: DeadOneOff) => {
    setOpen(null);
    if (await again.run(one)) toast({ text: t('“{job}” is done again', { job: one.job }) });
  };
  return (
    <>
      <Problem problem={again.problem ?? problem} retry={refresh} />
      <DataTable
        quiet
        label={t('Work that was given up')}
        columns={columns}
        rows={data?.items}
        rowKey={keyOf}
        onOpen={(one) => setOpen(keyOf(one))}
        mark={(one) => (keyOf(one) === open ? 'open' : undefined)}
        actions={(one) => (
          <Button size="compact-sm" disabled={again.busy} onClick={() => void doAgain(one)}>
            {t('Do again')}
          </Button>
        )}
      />
      {shown && (
        <SidePanel
          title={`${shown.plugin}: ${shown.job}`}
          onClose={() => setOpen(null)}
          actions={
            <>
              <Button size="compact-sm" onClick={() => void doAgain(shown)}>
                {t('Do again')}
              </Button>
              <Button size="compact-sm" c="var(--bad)" onClick={() => discard(shown)}>
                {t('Discard…')}
              </Button>
            </>
          }
        >
          <Section title={t('Error')}>
            <pre className={css.pre}>{shown.error}</pre>
          </Section>
          <Section title={t('Tries')}>
            <Timeline items={shown.history.map(({ at, error }) => ({ id: at, at, state: 'warn', title: error }))} />
          </Section>
          <Section title={t('What it was given')} note={<code>{shown.key}</code>}>
            <pre className={css.pre}>{JSON.stringify(shown.data, null, 2)}</pre>
          </Section>
        </SidePanel>
      )}
      {discarding && (
        <DiscardOneOff
          one={discarding}
          onClose={() => discard(null)}
          onDone={() => {
            discard(null);
            setOpen(null);
            toast({ text: t('“{job}” is discarded', { job: discarding.job }) });
          }}
        />
      )}
    </>
  );
}

function DiscardOneOff({ one, onDone, onClose }: { one: DeadOneOff; onDone(): void; onClose(): void }) {
  const change = useOneOffDiscard();
  const [reason, setReason] = useState('');
  const send = async () => {
    if (await change.run({ one, reason })) onDone();
  };
  return (
    <Dialog title={t('Discard “{job}”?', { job: one.job })} onClose={onClose}>
      <Consequences sentences={[t('It is never done.'), t('Your name and the reason stand in the audit log.')]} />
      <form
        className={css.reason}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Textarea
          label={t('Reason')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Problem problem={change.problem} />
        <DialogActions note={t('It cannot be undone.')}>
          <Button onClick={onClose}>{t('Keep')}</Button>
          <Button type="submit" variant="filled" color="brick" disabled={reason.trim().length < 3 || change.busy}>
            {t('Discard')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
