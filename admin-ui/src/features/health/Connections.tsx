import { t } from '../../t.ts';
import css from './health.module.css';
import type { HealthNow } from './queries.ts';

/** Connections to each database: in use, held ready, and callers that wait for one. */
export function Connections({ pools }: Pick<HealthNow, 'pools'>) {
  // A database has a pool with reach and one without; a person counts connections.
  const databases = [...Map.groupBy(pools, ({ database }) => database)].map(([database, own]) => ({
    database,
    busy: own.reduce((sum, one) => sum + one.busy, 0),
    idle: own.reduce((sum, one) => sum + one.idle, 0),
    waiting: own.reduce((sum, one) => sum + one.waiting, 0),
  }));
  return (
    <table className={css.numbers}>
      <thead>
        <tr>
          <th scope="col">{t('Database')}</th>
          <th scope="col">{t('In use')}</th>
          <th scope="col">{t('Ready')}</th>
          <th scope="col">{t('Waited for')}</th>
        </tr>
      </thead>
      <tbody>
        {databases
          .toSorted((a, b) => a.database.localeCompare(b.database))
          .map(({ database, busy, idle, waiting }) => (
            <tr key={database}>
              <th scope="row">
                <code>{database}</code>
              </th>
              <td data-zero={busy === 0 || undefined}>{busy}</td>
              <td data-zero={idle === 0 || undefined}>{idle}</td>
              <td data-zero={waiting === 0 || undefined} data-bad={waiting > 0 || undefined}>
                {waiting}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
