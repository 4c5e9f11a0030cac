import { declarePlugin, z } from '@task-connect/sdk';

// Tells anybody anything, as a plugin whose texts come from elsewhere would.

const herald = declarePlugin({
  id: 'herald',
  title: 'Herald',
  paths: ['/herald'],
  notifies: {
    news: { title: 'News', channels: ['in-app', 'email'] },
    gossip: { title: 'Gossip', channels: ['in-app'] },
  },
});

const tell = herald.route({
  method: 'POST',
  path: '/herald',
  summary: 'Tell somebody something',
  permission: 'signed-in',
  body: z.strictObject({
    kind: z.enum(['news', 'gossip']).default('news'),
    person: z.uuid(),
    title: z.string(),
    body: z.string().optional(),
    link: z.string().optional(),
    key: z.string(),
  }),
  async handle({ body: { kind, ...notification } }, { notify }) {
    await notify(kind, notification);
  },
});

export default herald.plugin({ routes: [tell] });
