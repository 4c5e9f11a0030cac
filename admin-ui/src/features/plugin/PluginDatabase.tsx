import { DateTime, Problem, Section, SkeletonRows } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './plugins.module.css';
import { type MigrationSql, type PluginDetail, useMigrations } from './queries.ts';
import { sizeText } from './size-text.ts';

/** Its database, and the migrations that made it or are to come, each with its SQL. */
export function PluginDatabase({ plugin }: { plugin: PluginDetail }) {
  const { data, problem, refresh } = useMigrations(plugin.id);
  const pending = data?.items.filter(({ appliedAt }) => appliedAt === null) ?? [];
  const applied = data?.items.filter(({ appliedAt }) => appliedAt !== null).reverse() ?? [];
  return (
    <div className={css.panel}>
      <p className={css.facts}>
        {plugin.database ? (
          <>
            <code>{plugin.database.name}</code>
            <span>{t.rich('{size} on disk', { size: <b>{sizeText(plugin.database.sizeBytes)}</b> })}</span>
          </>
        ) : (
          t('It has no database yet: enabling it makes one.')
        )}
      </p>
      <Problem problem={problem} retry={refresh} />
      {!data && !problem && <SkeletonRows rows={4} height="var(--table-row)" />}
      {data?.items.length === 0 && <p className={css.plain}>{t('It has no migrations.')}</p>}
      {pending.length > 0 && (
        <Section title={t('To come')} note={t('run when it is enabled')}>
          <Migrations items={pending} />
        </Section>
      )}
      {applied.length > 0 && (
        <Section title={t('Applied')} note={t('newest first')}>
          <Migrations items={applied} />
        </Section>
      )}
    </div>
  );
}

function Migrations({ items }: { items: readonly MigrationSql[] }) {
  return (
    <ul className={css.migrations}>
      {items.map(({ name, phase, appliedAt, sql }) => (
        <li key={name}>
          <details>
            <summary>
              <code>{name}</code>
              <small>
                {phase === 'before' ? t('before the new version starts') : t('after the old version is gone')}
              </small>
              {appliedAt ? <DateTime at={appliedAt} /> : <span className={css.warn}>{t('pending')}</span>}
            </summary>
            {sql ? (
              <pre>{sql.map((one) => `${one.replace(/;$/, '')};`).join('\n\n')}</pre>
            ) : (
              <p className={css.plain}>
                {t('Its SQL depends on what the database answers. “task-connect migrate --dry-run” asks it.')}
              </p>
            )}
          </details>
        </li>
      ))}
    </ul>
  );
}
