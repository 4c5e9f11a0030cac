import { type Column, DataTable, DateTime, Problem, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import { DeadOneOffs } from './DeadOneOffs.tsx';
import css from './job.module.css';
import { type OneOffCount, useOneOffs } from './queries.ts';

const columns: readonly Column<OneOffCount>[] = [
  { key: 'job', title: t('Work'), cell: ({ job }) => <code>{job}</code> },
  { key: 'plugin', title: t('Plugin'), cell: ({ plugin }) => plugin },
  {
    key: 'waiting',
    title: t('Planned'),
    align: 'end',
    cell: ({ waiting }) => <span className={waiting === 0 ? css.quiet : undefined}>{waiting.toLocaleString()}</span>,
  },
  {
    key: 'next',
    title: t('Next'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ on, nextAt }) =>
      nextAt && (on ? <DateTime at={nextAt} /> : <span className={css.quiet}>{t('when its plugin is on')}</span>),
  },
  {
    key: 'dead',
    title: t('Given up'),
    align: 'end',
    cell: ({ dead }) => <span className={dead === 0 ? css.quiet : css.bad}>{dead}</span>,
  },
];

/** Work at one time, such as a reminder: how much is planned, and what was given up. */
export function OneOffs() {
  const { data, problem, refresh } = useOneOffs();
  const dead = data?.items.reduce((sum, one) => sum + one.dead, 0) ?? 0;
  return (
    <>
      <Section title={t('Once, at a time')} note={t('reminders and the like')}>
        <Problem problem={problem} retry={refresh} />
        {!problem && (
          <DataTable
            quiet
            label={t('Work at a time')}
            columns={columns}
            rows={data?.items}
            rowKey={({ plugin, job }) => `${plugin}/${job}`}
            empty={<p className={css.plan}>{t('No plugin that is there plans work for one time.')}</p>}
          />
        )}
      </Section>
      {dead > 0 && (
        <Section
          title={t(
            { one: 'One piece of work was given up', other: '{count} pieces of work were given up' },
            { count: dead },
          )}
          note={t('after eight tries')}
        >
          <DeadOneOffs />
        </Section>
      )}
    </>
  );
}
