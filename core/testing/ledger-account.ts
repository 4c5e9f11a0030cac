import type pg from 'pg';

// What the ledger of the tests (core/e2e/plugins/ledger) has to show for what was asked of it: each answered entry is
// there, each has each effect exactly once, and each handler saw an account's entries in their order.

export type LedgerAccount = {
  /** Events, one-offs and inbox rows that are still on their way. */
  leftOver: number;
  dead: number;
  entries: number;
  /** Three for each entry when all is done. */
  effects: number;
};

/** How far it has come. */
export async function ledgerAccount(client: pg.Client): Promise<LedgerAccount> {
  const { rows } = await client.query(
    `select ((select count(*) from tc.outbox) + (select count(*) from tc.inbox) + (select count(*) from tc.one_off))::int as "leftOver",
       (select count(*)::int from tc.dead_letter) as dead, (select count(*)::int from entry) as entries, (select count(*)::int from effect) as effects`,
  );
  return rows[0];
}

/** Nothing is on its way any more, as far as this database knows; a bus may hold some yet. */
export const isSettled = ({ leftOver, effects, entries }: LedgerAccount): boolean =>
  leftOver === 0 && effects >= entries * 3;

export type LedgerFaults = {
  /** Entries whose effects are not each of the three once. */
  wrong: string[];
  /** Entries that were answered with 201 and are not there. */
  lost: string[];
  /** Where a handler saw a later entry of an account before an earlier one. */
  disorder: string[];
};

/** What is wrong when it is settled; three empty lists when nothing is. */
export async function ledgerFaults(client: pg.Client, acknowledged: ReadonlySet<string>): Promise<LedgerFaults> {
  const { rows: wrong } = await client.query(
    `select e.id from entry e left join effect f on f.entry_id = e.id group by e.id
     having array_agg(handler order by handler) <> array['record-effect', 'refuse-account', 'settle']`,
  );
  const { rows: entries } = await client.query('select id from entry');
  const there = new Set(entries.map((row) => row.id));
  const { rows: effects } = await client.query(
    `select account, place, handler from effect where handler <> 'settle' order by seen`,
  );
  const last = new Map<string, number>();
  const disorder: string[] = [];
  for (const { account, place, handler } of effects) {
    const key = `${handler} ${account}`;
    if ((last.get(key) ?? 0) >= place) disorder.push(`${key}: ${place} after ${last.get(key)}`);
    last.set(key, place);
  }
  return { wrong: wrong.map((row) => row.id), lost: [...acknowledged].filter((id) => !there.has(id)), disorder };
}
