import { statement, z } from '@task-connect/sdk';
import { ledger } from './contract.ts';

const insertEntry = statement<[organisation: string, account: string, place: number], { id: string }>(
  'ledger.entry.insert',
  'insert into entry (organisation_id, account, place) values ($1, $2, $3) returning id',
);
const insertEffect = statement<
  [organisation: string, entry: string, account: string, place: number, handler: string],
  never
>(
  'ledger.effect.insert',
  'insert into effect (organisation_id, entry_id, account, place, handler) values ($1, $2, $3, $4, $5)',
);
const count = statement<[], { entries: number; effects: number }>(
  'ledger.count',
  'select (select count(*)::int from entry) as entries, (select count(*)::int from effect) as effects',
);

const addEntry = ledger.route({
  method: 'POST',
  path: '/ledger',
  summary: 'Add an entry',
  permission: 'ledger:write',
  body: z.strictObject({ account: z.string().max(50), place: z.int() }),
  status: 201,
  returns: z.object({ id: z.string() }),
  async handle({ body, actor }, { tx, publish, schedule, clock }) {
    const [entry] = await tx.query(insertEntry, [actor.organisation, body.account, body.place]);
    await publish('entry.added', { entryId: entry!.id, ...body });
    await schedule('settle', { at: clock.now(), key: entry!.id, data: { entryId: entry!.id } });
    return { id: entry!.id };
  },
});

const countRows = ledger.route({
  method: 'GET',
  path: '/ledger',
  summary: 'Count entries and effects',
  permission: 'ledger:write',
  returns: z.object({ entries: z.int(), effects: z.int() }),
  handle: async (_, { tx }) => (await tx.query(count, []))[0]!,
});

let calls = 0;

const recordEffect = ledger.handler({
  event: 'entry.added',
  name: 'record-effect',
  async handle({ data, organisation }, { tx }) {
    await tx.query(insertEffect, [organisation, data.entryId, data.account, data.place, 'record-effect']);
    calls += 1;
    // After the effect, so that it must be rolled back.
    if (process.env.LEDGER_FAILS && calls % 53 === 0) throw new Error('The ledger fails now and then.');
  },
});

const refuseAccount = ledger.handler({
  event: 'entry.added',
  name: 'refuse-account',
  async handle({ data, organisation }, { tx }) {
    if (data.account === 'refused') throw new Error('This account is refused.');
    await tx.query(insertEffect, [organisation, data.entryId, data.account, data.place, 'refuse-account']);
  },
});

const settle = ledger.oneOff({
  job: 'settle',
  async handle({ data }, { tx, actor }) {
    await tx.query(insertEffect, [actor.organisation, data.entryId, 'one-off', 0, 'settle']);
  },
});

export default ledger.plugin({
  migrations: new URL('./migrations/', import.meta.url),
  routes: [addEntry, countRows],
  handlers: [recordEffect, refuseAccount],
  oneOffs: [settle],
});
