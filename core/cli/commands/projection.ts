import type { Platform } from '../../platform.ts';
import { CommandFailed, platformCommand } from '../command.ts';
import { runJob, wordsOfRun } from '../run-job.ts';
import { table } from '../table.ts';

// A projection is what a plugin derives from its own tables and keeps by handling events. Its author knows how it is
// made anew, and says so by a job `rebuild-<projection>`: it has a lock, a history and a place in the console already.

const prefix = 'rebuild-';

const projectionsOf = (platform: Platform) =>
  platform.kernel
    .plugins()
    .flatMap(({ id, plugin }) =>
      (plugin?.parts.jobs ?? [])
        .filter(({ name }) => name.startsWith(prefix))
        .map(({ name, title }) => ({ plugin: id, projection: name.slice(prefix.length), title })),
    );

const list = platformCommand({
  name: 'projection list',
  usage: '',
  summary: 'List the projections that can be made anew',
  options: {},
  looksOnly: true,
  run: async (_, { platform }) => ({ items: projectionsOf(platform) }),
  show: ({ items }) =>
    table(
      ['Plugin', 'Projection', 'How'],
      items.map(({ plugin, projection, title }) => [plugin, projection, title]),
    ),
});

const rebuild = platformCommand({
  name: 'projection rebuild',
  usage: 'PLUGIN PROJECTION',
  summary: 'Make a projection anew from the tables of its plugin, and wait for its end',
  options: {},
  needs: 'work',
  async run({ operands: [plugin, projection] }, { platform, record }) {
    const known = projectionsOf(platform).filter((each) => each.plugin === platform.kernel.plugin(plugin!).id);
    if (!known.some((each) => each.projection === projection)) {
      const names = known.map((each) => each.projection).join(', ') || 'none';
      throw new CommandFailed(`${plugin} has no projection “${projection}”; it has ${names}.`);
    }
    await record({ action: 'projection.rebuilt', subject: `${plugin}/${projection}` });
    return { plugin, projection, ...(await runJob(platform, plugin!, prefix + projection)) };
  },
  show: (done) => (done.state === 'done' ? `${done.plugin}/${done.projection} is made anew ${wordsOfRun(done)}.` : ''),
  fault: ({ plugin, projection, state, error }) =>
    state === 'done' ? undefined : `${plugin}/${projection} ${state}: ${error}`,
});

export const projectionCommands = [list, rebuild];
