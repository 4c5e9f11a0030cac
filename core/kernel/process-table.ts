import { statement } from '@task-connect/sdk';
import type { JWK } from 'jose';
import type { PluginPhase } from './registry.ts';

// The rows of processes. Their times are the database's own, so that the clocks of machines need not agree, and a clock
// that a test sets makes nobody old.

/** What a process says of a plugin that it serves; `generation` is the order of the operator that it has come to. */
export type ServedPlugin = { state: PluginPhase; reason: string | null; generation: number };

export type ProcessRow = {
  id: string;
  /** Where others reach it; null where it cannot be called. */
  internalUrl: string | null;
  role: 'all' | 'web' | 'worker';
  version: string;
  plugins: Record<string, ServedPlugin>;
  publicKey: JWK;
};

/** A process that has not been seen for so long is not there. */
const staleAfter = `interval '15 seconds'`;

export const saveProcess = statement<
  [id: string, url: string | null, role: string, version: string, plugins: string, key: string],
  never
>(
  'process.save',
  `insert into process (id, internal_url, role, version, plugins, public_key, started_at, seen_at)
   values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, clock_timestamp(), clock_timestamp())
   on conflict (id) do update set plugins = excluded.plugins, seen_at = excluded.seen_at`,
);
export const liveProcesses = statement<[], ProcessRow>(
  'process.live',
  `select id, internal_url as "internalUrl", role, version, plugins, public_key as "publicKey" from process
   where seen_at > clock_timestamp() - ${staleAfter} order by id`,
);
export const removeProcess = statement<[id: string], never>('process.remove', 'delete from process where id = $1');
export const removeStale = statement<[], never>(
  'process.remove-stale',
  `delete from process where seen_at < clock_timestamp() - 4 * ${staleAfter}`,
);

export const processChannel = 'tc_process';
