import { spawnSync } from 'node:child_process';
import { runTests, testFiles } from './run-tests.ts';

// `npm run test:deploy`: the image and the deployment on a real Docker engine, one file after the other. With arguments,
// only files whose path contains one of them.

if (spawnSync('docker', ['version']).status !== 0) {
  process.stderr.write('These tests need a Docker engine that the docker command reaches (DOCKER_HOST says which).\n');
  process.exit(1);
}
process.exit(
  await runTests(testFiles('.deploy.test.ts', process.argv.slice(2)), {
    env: {},
    concurrency: 1,
    timeoutMilliseconds: 900_000,
  }),
);
