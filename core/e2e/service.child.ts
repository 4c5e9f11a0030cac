import { loadSettings } from '../config/load.ts';
import { makePlatform } from '../platform.ts';
import { openFileSecrets } from '../secrets/file-secrets.ts';
import { machineClock } from '../testing/clock.ts';
import { adaptersOfRun } from '../testing/real-servers.ts';

// A process that serves what TC_PLUGINS names, of the installation whose data folder TC_DATA is; it tells when it is ready.

const { settings } = loadSettings({ env: process.env, cwd: process.cwd() });
const platform = await makePlatform({
  settings: { ...settings, ...adaptersOfRun() },
  clock: machineClock,
  random: Math.random,
  secrets: await openFileSecrets({ folder: settings.data, masterKey: settings.masterKey, clock: machineClock }),
});
await platform.serve();
process.send!({ ready: true });
process.once('disconnect', () => process.exit(0));
