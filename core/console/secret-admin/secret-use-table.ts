import { hostname } from 'node:os';
import { statement } from '@task-connect/sdk';
import type { Database } from '../../database/database.ts';
import type { SecretUse, SecretUses } from '../../secrets/secret-use.ts';

const keep = statement<[paths: string[], usedBy: string[], at: string[], process: string], unknown>(
  'secret-use.keep',
  `insert into secret_use as u (path, used_by, at, process)
   select path, used_by, at, $4 from unnest($1::text[], $2::text[], $3::timestamptz[]) as given (path, used_by, at)
   order by path, used_by
   on conflict (path, used_by) do update set at = excluded.at, process = excluded.process where u.at < excluded.at`,
);

const list = statement<[], SecretUse & { process: string }>(
  'secret-use.list',
  'select path, used_by as "usedBy", at, process from secret_use order by path, at desc, used_by',
);

export type KeptUse = SecretUse & { process: string };

/** The last uses, as all processes have kept them. */
export type SecretUseTable = {
  /** Writes down what this process has noted. */
  keep(): Promise<void>;
  list(): Promise<KeptUse[]>;
};

export function makeSecretUseTable(database: Database, uses: SecretUses, role: string): SecretUseTable {
  const here = `${role} on ${hostname()}, process ${process.pid}`;
  return {
    async keep() {
      const taken = uses.take();
      if (taken.length === 0) return;
      await database.query(keep, [
        taken.map(({ path }) => path),
        taken.map(({ usedBy }) => usedBy),
        taken.map(({ at }) => at),
        here,
      ]);
    },
    list: () => database.query(list, []),
  };
}
