import { BackLink, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './api.module.css';
import { Prose } from './Prose.tsx';
import type { Operation } from './queries.ts';
import { ShapeTable } from './ShapeTable.tsx';
import { TryIt } from './TryIt.tsx';

/** One route: what it takes and gives, and a place to try it. */
export function OperationDetails({ operation }: { operation: Operation }) {
  const { method, path, summary, description, permission, parameters, body, answers } = operation;
  const own = answers.filter(({ shared }) => !shared);
  const refusals = answers.filter(({ shared }) => shared);
  return (
    <>
      <BackLink path={[{ title: t('API'), to: '/platform/api' }]} />
      <header className={css.head}>
        <h2>{summary}</h2>
        <p className={css.address}>
          <b>{method}</b> {path}
        </p>
        {description && (
          <p>
            <Prose text={description} />
          </p>
        )}
        <p>
          {permission === null
            ? t('Open to everybody.')
            : permission === 'signed-in'
              ? t('For whoever has signed in.')
              : t.rich('Needs the permission {permission}.', { permission: <code>{permission}</code> })}
        </p>
      </header>
      <div className={css.columns}>
        <div>
          {parameters.length > 0 && (
            <Section title={t('Parameters')}>
              <ShapeTable
                label={t('Parameters')}
                fields={parameters.map((one) => ({ ...one, depth: 0, note: one.in }))}
              />
            </Section>
          )}
          {body && (
            <Section title={t('Body')} note="application/json">
              <ShapeTable label={t('Body')} {...body} />
            </Section>
          )}
          {own.map(({ status, description: said, shape }) => (
            <Section key={status} title={t('Answer {status}', { status })} note={said}>
              {shape && <ShapeTable label={t('Answer {status}', { status })} {...shape} />}
            </Section>
          ))}
          {refusals.length > 0 && (
            <Section title={t('Refusals')} note="application/problem+json">
              <dl className={css.refusals}>
                {refusals.map(({ status, description: said }) => (
                  <div key={status}>
                    <dt>{status === 'else' ? t('else') : status}</dt>
                    <dd>{said}</dd>
                  </div>
                ))}
              </dl>
            </Section>
          )}
        </div>
        <TryIt operation={operation} />
      </div>
    </>
  );
}
