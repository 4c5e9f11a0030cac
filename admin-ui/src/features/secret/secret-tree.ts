import type { TreeItem } from '@task-connect/console';
import { t } from '../../t.ts';
import type { SecretSummary } from './queries.ts';
import { dotted } from './secret-path.ts';

const folders: Record<string, string> = {
  databases: t('Databases'),
  'external-apis': t('Services of others'),
  services: t('Servers'),
  certificates: t('Certificates and keys'),
  plugins: t('Plugins'),
};

/** The secrets as a tree of folders, one below the other as the store has them. */
export function treeOf(secrets: readonly SecretSummary[]): TreeItem[] {
  const byFolder = Map.groupBy(secrets, ({ path }) => path.slice(0, path.indexOf('/')));
  const order = [...Object.keys(folders), ...byFolder.keys()];
  return [...new Set(order)].flatMap((folder) => {
    const items = byFolder.get(folder);
    if (!items) return [];
    return {
      id: folder,
      title: folders[folder] ?? folder,
      icon: 'folder' as const,
      children: items.map(({ path, title, set }) => ({
        id: path,
        title,
        icon: 'key' as const,
        to: `/platform/secrets/${dotted(path)}`,
        ...(set ? {} : { note: t('not set') }),
      })),
    };
  });
}
