import { randomBytes } from 'node:crypto';
import { type Demo, type DemoCounts, type DemoOrganisation, statement } from '@task-connect/sdk';
import { readablePassword } from '../../identity/first-administrator.ts';
import type { PluginView } from '../../kernel/kernel.ts';
import type { Platform } from '../../platform.ts';
import { CommandFailed, platformCommand, UsageError } from '../command.ts';
import { demoOwner } from '../demo/cast.ts';
import { makeDemoWorld } from '../demo/demo-world.ts';
import { untilHandled } from '../demo/handled.ts';
import { makePeople } from '../demo/make-people.ts';
import { personByAddress } from '../person-table.ts';

export const seedDemo = platformCommand({
  name: 'demo seed',
  usage: '',
  summary: 'Fill the installation with three firms, forty people and a year of their work',
  details:
    'It switches on the plugins that have something to show. An installation that other people use is refused; nobody ' +
    'is written to, since all addresses end in .example. The same words and numbers come at each seeding, around its day.',
  options: {
    beside: { type: 'boolean', means: 'Also where other people are; its owner then does not manage the platform' },
    password: {
      type: 'string',
      takes: 'TEXT',
      means: 'For the account that is printed, instead of one that is made up',
    },
  },
  needs: 'work',
  notice: 'Three firms, forty people and a year of work are on their way; it takes about a minute …',
  async run({ options: { beside, password } }, { platform, record }) {
    await refuseWhatIsThere(platform, beside);
    if (password !== undefined && password.length < 12) throw new UsageError('--password takes at least 12 letters.');
    const now = platform.clock.now();
    const plugins = await switchedOn(platform);
    const chosen = password ?? readablePassword(randomBytes);
    const platformRoles = beside ? [] : ['administrator'];
    const since = now.subtract({ hours: 24 * 370 });
    const organisations = await makePeople(platform, since, { password: chosen, platformRoles });
    const people = new Set(organisations.flatMap((each) => each.people.map(({ person }) => person))).size;
    const counts = await tellAll(platform, plugins, { now, organisations });
    const made: DemoCounts = { organisations: organisations.length, people, ...counts };
    await record({ action: 'demo.seeded', subject: demoOwner, after: made });
    return { address: demoOwner, password: chosen, made };
  },
  show: ({ address, password, made }) =>
    [
      `There are ${Object.entries(made)
        .map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
        .join(', ')}.`,
      `Sign in as ${address} with the password ${password}`,
    ].join('\n'),
});

const others = statement<[except: string], { count: number }>(
  'cli.people-but-administrators',
  `select count(*)::int as count from person where not 'administrator' = any (platform_roles) and lower(address) <> $1`,
);

async function refuseWhatIsThere(platform: Platform, beside: boolean): Promise<void> {
  if (platform.settings.oidcIssuer) {
    throw new CommandFailed(
      `People sign in at ${platform.settings.oidcIssuer}, where the demo’s would have no account.`,
    );
  }
  if (await personByAddress(platform, demoOwner)) {
    throw new CommandFailed(`The demo is here already; ${demoOwner} is its owner. Nothing was changed.`);
  }
  const [found] = await platform.pools.database('users').query(others, [demoOwner]);
  if (found!.count > 0 && !beside) {
    const who = found!.count === 1 ? 'Somebody has an account' : `${found!.count} people have an account`;
    throw new CommandFailed(`${who} here. Seed an empty installation, or say --beside to put the demo beside them.`);
  }
}

/** Those that have a demo, switched on, and served here: what another process serves cannot be told by this one. */
async function switchedOn(platform: Platform): Promise<PluginView[]> {
  const { kernel } = platform;
  for (const { id, plugin, here, state } of kernel.plugins()) {
    if (!plugin?.parts.demo || !here || state === 'on') continue;
    const view = await kernel.enable(id);
    if (view.state !== 'on') throw new CommandFailed(`${id} could not be switched on: ${view.reason}`);
  }
  return kernel.plugins().filter(({ plugin, here, state }) => plugin?.parts.demo && here && state === 'on');
}

async function tellAll(
  platform: Platform,
  plugins: readonly PluginView[],
  story: { now: Temporal.Instant; organisations: readonly DemoOrganisation[] },
): Promise<DemoCounts> {
  const demos = await Promise.all(
    plugins.map(async ({ id, plugin }) => {
      const { demo } = (await import(plugin!.parts.demo!.href)) as { demo: Demo };
      return { demo, world: makeDemoWorld({ platform, plugin: id, ...story }) };
    }),
  );
  const counts: DemoCounts = {};
  for (const { demo, world } of demos) await demo.prepare?.(world);
  for (const { demo, world } of demos) Object.assign(counts, await demo.tell?.(world));
  await untilHandled(platform);
  for (const { demo, world } of demos) Object.assign(counts, await demo.answer?.(world));
  await untilHandled(platform);
  return counts;
}
