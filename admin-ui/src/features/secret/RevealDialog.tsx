import { Button, Dialog, DialogActions, PasswordInput, Problem, Textarea } from '@task-connect/console';
import { addressOf } from '@task-connect/console/shell';
import { type FormEvent, useState } from 'react';
import { t } from '../../t.ts';
import { type SecretDetail, useReveal } from './queries.ts';
import { RevealedValues } from './RevealedValues.tsx';
import css from './secret.module.css';
import { dotted } from './secret-path.ts';

/** Shows a secret for half a minute, for a reason that the audit log keeps. */
export function RevealDialog({ secret, onClose }: { secret: SecretDetail; onClose(): void }) {
  const reveal = useReveal(secret.path);
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState<Awaited<ReturnType<typeof reveal.run>>>();
  const needed = reveal.problem?.type === 'identity/proof-needed' ? reveal.problem.fields.by : undefined;
  const asksPassword = needed === 'password' || reveal.problem?.type === 'identity/password-wrong' || password !== '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await reveal.run({ reason, ...(password && { password }) });
    if (answer) setShown(answer);
  };
  if (shown)
    return (
      <Dialog title={secret.title} onClose={onClose}>
        <RevealedValues revealed={shown} fields={secret.fields} onClose={onClose} />
      </Dialog>
    );
  return (
    <Dialog title={t('Show {secret}?', { secret: secret.title })} onClose={onClose}>
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        <Textarea
          label={t('What do you need it for?')}
          description={t('The audit log keeps it, with your name.')}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          autoFocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {asksPassword && (
          <PasswordInput
            label={t('Your password')}
            description={t('You signed in more than ten minutes ago.')}
            error={reveal.problem?.type === 'identity/password-wrong' ? reveal.problem.detail : undefined}
            value={password}
            autoFocus
            autoComplete="current-password"
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {needed === 'sign-in' && (
          <p className={css.plain}>
            <a href={signInAgain(secret.path)}>{t('Sign in again, then show it')}</a>
          </p>
        )}
        {!asksPassword && needed === undefined && <Problem problem={reveal.problem} />}
        {reveal.problem?.status === 429 && <Problem problem={reveal.problem} />}
        <DialogActions note={t('It is shown for 30 seconds.')}>
          <Button onClick={onClose}>{t('Leave it hidden')}</Button>
          <Button type="submit" variant="filled" disabled={reason.trim().length < 5 || reveal.busy}>
            {t('Show')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const signInAgain = (path: string) =>
  addressOf(`/auth/login?again=1&return=${encodeURIComponent(addressOf(`/platform/secrets/${dotted(path)}`))}`);
