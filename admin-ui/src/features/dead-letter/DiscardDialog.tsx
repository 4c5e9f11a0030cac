import { Button, Consequences, Dialog, DialogActions, Problem, Textarea } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './dead-letter.module.css';
import { useDiscard } from './queries.ts';

type DiscardDialogProps = { ids: readonly string[]; onDone(): void; onClose(): void };

/** Gives letters up for good: what follows, and why. */
export function DiscardDialog({ ids, onDone, onClose }: DiscardDialogProps) {
  const discard = useDiscard();
  const [reason, setReason] = useState('');
  const ready = reason.trim().length >= 3 && !discard.busy;
  const send = async () => {
    if (ready && (await discard.run({ ids, reason }))) onDone();
  };
  const title = t({ one: 'Discard this message?', other: 'Discard {count} messages?' }, { count: ids.length });
  return (
    <Dialog title={title} onClose={onClose}>
      <Consequences
        sentences={[
          t(
            {
              one: 'It is never handled; what it should have done stays undone.',
              other: 'They are never handled; what they should have done stays undone.',
            },
            { count: ids.length },
          ),
          t('Later messages about the same things no longer say that one before them is missing.'),
          t('Your name and the reason stand in the audit log.'),
        ]}
      />
      <form
        className={css.reason}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Textarea
          label={t('Reason')}
          description={t('For whoever asks later.')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Problem problem={discard.problem} />
        <DialogActions note={t('It cannot be undone.')}>
          <Button onClick={onClose}>{t('Keep')}</Button>
          <Button type="submit" variant="filled" color="brick" disabled={!ready}>
            {t('Discard')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
