import { fileURLToPath } from 'node:url';
import { loadSettings } from '../config/load.ts';
import { makePlatform } from '../platform.ts';
import { openFileSecrets } from '../secrets/file-secrets.ts';
import { machineClock } from '../testing/clock.ts';
import { adaptersOfRun, connectionsOfRun } from '../testing/real-servers.ts';

// A process of the crash test: a platform with the ledger on, on a free port that it tells its parent.

const { settings } = loadSettings({ env: process.env, cwd: process.cwd() });
/** Where a Vault is given, it holds the connections already. */
async function fileSecrets() {
  const secrets = await openFileSecrets({ folder: settings.data, masterKey: settings.masterKey, clock: machineClock });
  for (const [path, value] of Object.entries(connectionsOfRun())) await secrets.write(path, value);
  return secrets;
}

const platform = await makePlatform({
  settings: {
    ...settings,
    ...adaptersOfRun(),
    pluginFolders: [fileURLToPath(new URL('./plugins', import.meta.url))],
    databaseConnections: 16,
  },
  clock: machineClock,
  random: Math.random,
  secrets: settings.vaultUrl ? undefined : await fileSecrets(),
});
const { port } = await platform.edge.listen(0, '127.0.0.1');
await platform.kernel.start();
const view = await platform.kernel.enable('ledger');
if (view.state !== 'on') throw new Error(`The ledger is ${view.state}: ${view.reason}`);
process.send!({ port });

process.on('message', async (message) => {
  if (message !== 'token') return;
  const database = platform.pools.database('users');
  const person = await platform.identity.createPerson({ name: 'Ada', address: null });
  const [row] = await database.query(
    { name: 'child.own', text: 'select personal_organisation_id as id from person where id = $1' },
    [person],
  );
  const { token } = await platform.identity.issuePersonalToken({
    person,
    organisation: (row as { id: string }).id,
    name: 'crash',
    scopes: ['*'],
    expiresAt: null,
  });
  process.send!({ token });
});
process.on('disconnect', () => process.exit(0));
