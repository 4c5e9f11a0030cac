import { Status } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './api.module.css';
import type { TrialAnswer } from './send-trial.ts';

/** What came back. */
export function TryAnswer({ answer }: { answer: TrialAnswer | { failed: string } }) {
  if ('failed' in answer) {
    return (
      <div className={css.answer} role="status">
        <Status kind="bad">{t('No answer')}</Status>
        <p>{t('The server could not be reached: {reason}.', { reason: answer.failed })}</p>
      </div>
    );
  }
  const { status, statusText, milliseconds, headers, body, bytes } = answer;
  const kind = status < 400 ? 'ok' : status < 500 ? 'warn' : 'bad';
  return (
    <div className={css.answer}>
      <p role="status">
        <Status kind={kind}>
          <b>
            {status} {statusText}
          </b>
        </Status>
        <span>
          {t('{ms} ms, {bytes} bytes', {
            ms: Math.round(milliseconds),
            bytes: bytes.toLocaleString(),
          })}
        </span>
      </p>
      <details>
        <summary>{t({ one: '{count} header', other: '{count} headers' }, { count: headers.length })}</summary>
        <dl>
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {bytes === 0 ? (
        <p>{t('Nothing was sent with it.')}</p>
      ) : body === '' ? (
        <p>{t('It is no text, so it is not shown.')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className={css.body} tabIndex={0} aria-label={t('The body of the answer')}>
          <code>{body}</code>
        </section>
      )}
    </div>
  );
}
