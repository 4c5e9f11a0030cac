import { t } from '../../t.ts';
import { JobTable } from '../job/JobTable.tsx';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

/** What it does by the clock. */
export function PluginJobs({ plugin }: { plugin: PluginDetail }) {
  return (
    <div className={css.panel}>
      <JobTable jobs={plugin.jobs} empty={<p className={css.plain}>{t('It does nothing by the clock.')}</p>} />
    </div>
  );
}
