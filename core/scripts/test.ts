import { rmSync } from 'node:fs';
import { embeddedServer } from '../database/embedded-server.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { temporaryFolder, testServerVariable, unsafe } from '../testing/server.ts';
import { runTests, testFiles } from './run-tests.ts';

// `npm test`: one PostgreSQL for the whole run, a database prefix for each platform that a test makes. With arguments,
// only files whose path contains one of them. What needs real servers is `npm run test:services`.

const files = [
  ...testFiles('.test.ts', process.argv.slice(2)),
  ...testFiles('.test.tsx', process.argv.slice(2)),
].filter((file) => !/\.(services|outage|deploy)\.test\.ts$/.test(file));
const folder = temporaryFolder();
const server = await embeddedServer({
  dataFolder: folder,
  secrets: memorySecrets(),
  connections: 150,
  parameters: unsafe,
});
const { host, port, user, password } = server.admin;
const code = await runTests(files, {
  env: { [testServerVariable]: `postgres://${user}:${password}@${host}:${port}/postgres` },
  concurrency: 2,
  timeoutMilliseconds: 240_000,
});
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(code);
