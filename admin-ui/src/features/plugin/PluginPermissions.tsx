import { type Column, DataTable } from '@task-connect/console';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

type Permission = PluginDetail['permissions'][number];

const columns: readonly Column<Permission>[] = [
  { key: 'title', title: t('Permission'), cell: ({ title }) => title },
  { key: 'name', title: t('Name'), hideBelow: 'tablet', cell: ({ name }) => <code>{name}</code> },
  { key: 'role', title: t('From this role on'), align: 'end', cell: ({ role }) => roleTitle(role) },
];

/** Who may do what with it. */
export function PluginPermissions({ plugin }: { plugin: PluginDetail }) {
  return (
    <div className={css.panel}>
      <DataTable
        label={t('Permissions')}
        columns={columns}
        rows={plugin.permissions}
        rowKey={(permission) => permission.name}
        empty={<p className={css.plain}>{t('It has none of its own.')}</p>}
      />
    </div>
  );
}
