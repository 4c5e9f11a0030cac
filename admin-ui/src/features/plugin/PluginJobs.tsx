import { t } from '../../t.ts';
import { JobTable } from '../job/JobTable.tsx';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

/** What it does by the clock. */
export function PluginJobs({ plugin }: { plugin: PluginDetail }) {
  const jobs = plugin.jobs.map((job) => ({
    ...job,
    plugin: plugin.id,
    paused: plugin.state !== 'on',
    lastError: null,
  }));
  return (
    <div className={css.panel}>
      <JobTable jobs={jobs} empty={<p className={css.plain}>{t('It does nothing by the clock.')}</p>} />
    </div>
  );
}
