import { fileURLToPath } from 'node:url';
import { loadSettings } from '../config/load.ts';
import { makePlatform } from '../platform.ts';
import { machineClock } from '../testing/clock.ts';

// The platform of the event bench, in a process of its own, with a plugin whose handler writes one row.

const { settings } = loadSettings({ env: process.env, cwd: process.cwd() });
const platform = await makePlatform({
  settings: { ...settings, pluginFolders: [fileURLToPath(new URL('./plugins', import.meta.url))] },
  clock: machineClock,
  random: Math.random,
});
const { port } = await platform.edge.listen(0, '127.0.0.1');
await platform.kernel.start();
const view = await platform.kernel.enable('ticks');
if (view.state !== 'on') throw new Error(`ticks: ${view.reason}`);
const person = await platform.identity.createPerson({ name: 'Bench', address: null });
const [row] = await platform.pools
  .database('users')
  .query({ name: 'bench.own', text: 'select personal_organisation_id as id from person where id = $1' }, [person]);
const { token } = await platform.identity.issuePersonalToken({
  person,
  organisation: (row as { id: string }).id,
  name: 'bench',
  scopes: ['*'],
  expiresAt: null,
});
process.send!({ port, token });
process.on('disconnect', () => void platform[Symbol.asyncDispose]().then(() => process.exit(0)));
