import type { DeclaredNotificationKind, Tx } from '@task-connect/sdk';
import { findKind, type KindRow, knownKinds } from './kind-table.ts';

type Declared = readonly DeclaredNotificationKind[];
type Named = Pick<KindRow, 'plugin' | 'kind'>;

const isSame = (one: Named, other: Named) => one.plugin === other.plugin && one.kind === other.kind;

const toKind = ({ plugin, kind, title, channels }: DeclaredNotificationKind): KindRow => ({
  plugin,
  kind,
  title,
  channels: [...channels],
});

/** What plugins that are on declare, and what was seen of those that are not; sorted by plugin and title. */
export async function allKinds(tx: Tx, declared: Declared): Promise<KindRow[]> {
  const seen = (await knownKinds(tx)).filter((kind) => !declared.some((each) => isSame(each, kind)));
  return [...declared.map(toKind), ...seen].sort(
    (a, b) => a.plugin.localeCompare(b.plugin) || a.title.localeCompare(b.title) || a.kind.localeCompare(b.kind),
  );
}

/** One of them; undefined when there is no such kind. */
export async function oneKind(tx: Tx, declared: Declared, named: Named): Promise<KindRow | undefined> {
  const found = declared.find((each) => isSame(each, named));
  return found ? toKind(found) : findKind(tx, named.plugin, named.kind);
}
