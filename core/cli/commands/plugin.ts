import { type PluginSummary, toSummary } from '../../console/plugin-admin/plugin-view.ts';
import { switchPlugin } from '../../console/plugin-admin/switch-plugin.ts';
import { pluginState } from '../../kernel/plugin-state.ts';
import { type AtPlatform, platformCommand } from '../command.ts';
import { table } from '../table.ts';

const list = platformCommand({
  name: 'plugin list',
  usage: '',
  summary: 'List the plugins that are there, on or off',
  options: {},
  looksOnly: true,
  async run(_, { platform, serving }) {
    await platform.kernel.discover();
    const items = platform.kernel.plugins().map(toSummary);
    if (serving) return { items };
    // Nothing is switched on for a list: what is wanted is read where it is kept.
    const wanted = await pluginState(platform.pools.database('platform'), platform.clock).list();
    const isWanted = (id: string) => wanted.some((row) => row.id === id && row.wanted);
    return { items: items.map((item) => (item.builtIn ? item : { ...item, wanted: isWanted(item.id) })) };
  },
  show: ({ items }) =>
    table(
      ['Plugin', 'State', 'Version', 'What it is'],
      items.map((item) => [item.id, stateOf(item), item.version, item.reason ?? item.description]),
    ),
});

const stateOf = ({ builtIn, state, wanted }: PluginSummary) =>
  builtIn ? 'always on' : state === 'off' && wanted ? 'on at the next start' : state;

const enable = platformCommand({
  name: 'plugin enable',
  usage: 'NAME',
  summary: 'Switch a plugin on',
  details: 'All or nothing: when it cannot be on, everything is as before and the reason is told.',
  options: {},
  needs: 'plugins',
  run: ({ operands: [id] }, at) => change('enable', id!, at),
  show: ({ id, state }) => (state === 'on' ? `${id} is on.` : ''),
  fault: ({ id, state, reason }) => (state === 'on' ? undefined : `${id} could not be switched on: ${reason}`),
});

const disable = platformCommand({
  name: 'plugin disable',
  usage: 'NAME',
  summary: 'Switch a plugin off',
  details: 'Requests under way are finished, events wait in their queues, jobs pause, its data stays.',
  options: {},
  needs: 'plugins',
  run: ({ operands: [id] }, at) => change('disable', id!, at),
  show: ({ id }) => `${id} is off. Its data stays.`,
});

const change = (verb: 'enable' | 'disable', id: string, { platform, by }: AtPlatform) =>
  switchPlugin(platform, { actor: by }, verb, id);

export const pluginCommands = [list, enable, disable];
