import { declarePlugin, z } from '@task-connect/sdk';

/** What it does depends on this; a test sets it before it makes something. */
export const whims = { broken: false };

const readable = z.string().refine(() => !whims.broken, { error: 'The pencil is blunt.' });

const brittle = declarePlugin({
  id: 'brittle',
  title: 'Brittle',
  hue: 'rust',
  paths: ['/brittle'],
  publishes: {
    'brittle.made': { version: 1, aggregate: 'key', data: z.object({ key: z.string(), apiToken: z.string() }) },
  },
  handles: { 'brittle.made': { version: 1, queue: 'brittle-queue', data: z.object({ key: readable }) } },
  oneOffs: { remind: { data: z.object({ key: z.string() }) } },
});

const make = brittle.route({
  method: 'POST',
  path: '/brittle',
  summary: 'Make something',
  permission: 'signed-in',
  body: z.strictObject({ key: z.string() }),
  status: 204,
  async handle({ body: { key } }, { publish, schedule, clock }) {
    await publish('brittle.made', { key, apiToken: 'sesame' });
    await schedule('remind', { key, at: clock.now().add({ hours: 1 }), data: { key } });
  },
});

export default brittle.plugin({
  migrations: new URL('./migrations/', import.meta.url),
  routes: [make],
  handlers: [brittle.handler({ event: 'brittle.made', name: 'note-it', handle: async () => {} })],
  oneOffs: [brittle.oneOff({ job: 'remind', handle: async () => {} })],
  jobs: [
    brittle.job({
      name: 'sweep',
      title: 'Sweep up',
      cron: '30 7 * * 1-5',
      zone: 'Europe/Berlin',
      late: 'skip',
      per: 'platform',
      run: async () => {},
    }),
  ],
});
