import { type Column, DataTable } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

type Route = PluginDetail['routes'][number];

const columns: readonly Column<Route>[] = [
  { key: 'summary', title: t('Route'), cell: ({ summary }) => summary },
  {
    key: 'path',
    title: t('Address'),
    cell: ({ method, path }) => (
      <code>
        {method} {path}
      </code>
    ),
  },
  {
    key: 'permission',
    title: t('Permission'),
    hideBelow: 'tablet',
    cell: ({ permission }) => (permission ? <code>{permission}</code> : t('open to everybody')),
  },
];

/** What it answers. */
export function PluginRoutes({ plugin }: { plugin: PluginDetail }) {
  return (
    <div className={css.panel}>
      <DataTable
        label={t('Routes')}
        columns={columns}
        rows={plugin.routes}
        rowKey={(route) => route.method + route.path}
        empty={<p className={css.plain}>{t('It answers no requests.')}</p>}
      />
    </div>
  );
}
