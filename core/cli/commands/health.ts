import { platformCommand } from '../command.ts';
import { table } from '../table.ts';

export const health = platformCommand({
  name: 'health',
  usage: '',
  summary: 'Say how each part of the platform is',
  details: 'Without a running platform the parts are tried by themselves, and the exit code is 1.',
  options: {},
  looksOnly: true,
  run: async (_, { platform, serving }) => ({ serving, ...(await platform.health.report()) }),
  show: ({ parts }) =>
    table(
      ['Part', 'State', 'Latency', ''],
      parts.map(({ name, state, latencyMs, detail }) => [
        name,
        state,
        latencyMs === null ? '' : `${latencyMs} ms`,
        detail ?? '',
      ]),
    ),
  fault({ serving, status }) {
    if (!serving) return 'Task Connect does not run on this data folder. “npm start” brings it up.';
    return status === 'failed' ? 'Task Connect cannot serve now.' : undefined;
  },
});
