import { openFileSecrets } from '../secrets/file-secrets.ts';
import { machineClock } from '../testing/clock.ts';
import { embeddedServer } from './embedded-server.ts';

// A process that the test of the embedded server kills: it runs the server of a folder, and says where.

const dataFolder = process.env.DATA_FOLDER!;
const secrets = await openFileSecrets({ folder: dataFolder, masterKey: undefined, clock: machineClock });
const { admin } = await embeddedServer({ dataFolder, secrets, connections: 10 });
process.send!({ admin });
process.once('disconnect', () => process.exit(0));
