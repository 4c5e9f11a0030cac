import { serverVariables } from '../testing/real-servers.ts';
import { testServerVariable } from '../testing/server.ts';
import { runTests, testFiles } from './run-tests.ts';

// `npm run test:services`: the adapters on the real servers that the environment names (as ./start-databases.sh prints
// them), one file after the other, since some of them restart a server. With arguments, only files whose path contains
// one of them.

const missing = Object.values(serverVariables).filter((name) => !process.env[name]);
if (missing.length > 0) {
  process.stderr.write(
    `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not set. Start the servers with ./start-databases.sh, then take over the variables that it prints.\n`,
  );
  process.exit(1);
}
const code = await runTests(testFiles('.services.test.ts', process.argv.slice(2)), {
  env: { [testServerVariable]: process.env[serverVariables.postgres] },
  concurrency: 1,
  timeoutMilliseconds: 900_000,
});
process.exit(code);
