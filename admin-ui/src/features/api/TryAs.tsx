import { Button, DateTime, Problem, SegmentedControl, useChange } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { t } from '../../t.ts';
import css from './api.module.css';
import { makeTrialToken, revokeTrialToken, trialToken } from './trial-token.ts';

/** Who sends it: oneself by the session of this tab, or a token that is made here. */
export function TryAs() {
  const token = useStore(trialToken);
  const make = useChange({ send: makeTrialToken });
  const revoke = useChange({ send: revokeTrialToken });
  return (
    <div className={css.as}>
      <SegmentedControl
        aria-label={t('Sent by')}
        value={token ? 'token' : 'session'}
        disabled={make.busy}
        data={[
          { value: 'session', label: t('Your session') },
          { value: 'token', label: t('A token') },
        ]}
        onChange={(to) => void (to === 'token' ? make.run(undefined) : revoke.run(undefined))}
      />
      {token && (
        <p>
          {t.rich('Works until {time}, for all that you may; it is revoked when you go back to your session.', {
            time: <DateTime at={token.until} />,
          })}{' '}
          <Button size="compact-sm" onClick={() => void navigator.clipboard.writeText(token.token)}>
            {t('Copy the token')}
          </Button>
        </p>
      )}
      <Problem problem={make.problem ?? revoke.problem} />
    </div>
  );
}
