import { migrationText, pluginWorkshop } from './made-plugin.ts';

/** What the plugin of these tests does depends on this; it reads it from globalThis, since it is a module of its own. */
export const whims = { broken: false, runs: 0 };
(globalThis as { adminWhims?: typeof whims }).adminWhims = whims;

/** A plugin that publishes, handles twice, fails when told to, and works by the clock. */
const text = (id: string) => `
import { declarePlugin, z } from '@task-connect/sdk';
const whims = globalThis.adminWhims;
const it = declarePlugin({
  id: '${id}', title: 'The ${id}', paths: ['/${id}'],
  settings: z.object({ limit: z.int().min(1).default(5), apiToken: z.string().default('') }),
  publishes: { '${id}.made': { version: 1, aggregate: 'key', data: z.object({ key: z.string(), apiToken: z.string() }) } },
  handles: { '${id}.made': { version: 1, queue: '${id}-queue', data: z.object({ key: z.string() }) } },
  oneOffs: { remind: { data: z.object({ key: z.string() }) } },
});
const make = it.route({
  method: 'POST', path: '/${id}', summary: 'Make', permission: 'signed-in', body: z.strictObject({ key: z.string() }), returns: z.object({ ok: z.boolean() }),
  async handle({ body, actor }, { publish, schedule, clock, log }) {
    await publish('${id}.made', { key: body.key, apiToken: 'sesame' });
    await schedule('remind', { key: body.key, at: clock.now().add({ minutes: 1 }), data: { key: body.key } });
    log.warn({ password: 'hunter2', key: body.key }, 'Something was made');
    return { ok: true };
  },
});
const noteIt = it.handler({ event: '${id}.made', name: 'note-it', async handle({ data, organisation }, { tx }) {
  if (whims.broken) throw new Error('The pencil is blunt: https://ada:sesame@pencils.example');
  await tx.knex('seen').insert({ organisation_id: organisation, key: data.key });
} });
const countIt = it.handler({ event: '${id}.made', name: 'count-it', async handle() {} });
const remind = it.oneOff({ job: 'remind', async handle({ data }, { tx }) { if (whims.broken) throw new Error('Nobody is there.'); } });
const sweep = it.job({ name: 'sweep', title: 'Sweep up', cron: '0 * * * *', zone: 'Europe/Berlin', late: 'run-once', per: 'platform', async run() { whims.runs += 1; } });
export default it.plugin({
  migrations: new URL('./migrations/', import.meta.url), routes: [make], handlers: [noteIt, countIt], oneOffs: [remind], jobs: [sweep],
});
`;

/** A folder with that plugin. */
export function adminWorkshop(id: string) {
  const workshop = pluginWorkshop();
  workshop.write(id, { 'plugin.ts': text(id), 'migrations/2026-11-25-create-seen.ts': migrationText() });
  return workshop;
}
