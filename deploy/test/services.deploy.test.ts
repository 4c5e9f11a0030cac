import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../core/about.ts';
import { openBrowser } from '../../core/testing/browser.ts';
import { keycloakAdmin } from '../development/servers.ts';
import { development } from '../keycloak/make-realm.ts';
import { docker, eventually, unique } from './docker.ts';
import { ownServers } from './own-servers.ts';

// The platform as services behind nginx, by compose.services.yml, on servers of its own: what a person, a program and
// somebody who goes past the gateway get, and what is left when a service is stopped.

const image = `${unique('services')}:now`;
const servers = ownServers('services', { SERVERS_SEEN_BY: 'containers', TASK_CONNECT_IMAGE: image });
const { ports } = servers;
const gateway = `http://localhost:${ports.PLATFORM}`;
const keycloak = `http://127.0.0.1:${ports.KEYCLOAK}`;
let token = '';

const run = promisify(execFile);
const files = ['development', 'services'].flatMap((name) => ['--file', `${root}/deploy/compose.${name}.yml`]);
async function compose(...words: string[]): Promise<string> {
  const { stdout } = await run('docker', ['compose', ...files, ...words], { env: servers.env, maxBuffer: 64_000_000 });
  return stdout.trim();
}
const taskConnect = (...words: string[]) => compose('exec', '-T', 'worker', 'task-connect', ...words);

before(async () => {
  await servers.script();
  await compose('up', '--build', '--detach', '--wait');
  token = await taskConnect('token', 'create', '--admin', '--name', 'test');
});

after(async () => {
  await compose('down', '--volumes', '--timeout', '5').catch(() => undefined);
  await servers.remove();
  await docker('image', 'rm', '--force', image).catch(() => undefined);
});

type Call = { method?: string; body?: object; token?: string | null };

/** As a program calls the API: through the gateway. */
const call = (path: string, { method = 'GET', body, token: given = token }: Call = {}) =>
  fetch(gateway + path, {
    method,
    headers: { 'content-type': 'application/json', ...(given ? { authorization: `Bearer ${given}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

const answerTo = async (path: string, given?: Call) => {
  const answer = await call(path, given);
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
};

test('all of it is healthy, and plugins that are switched on come up where they are served', async () => {
  const services = ['gateway', 'notification-service', 'task-service', 'user-service', 'worker'];
  const healthy = (await compose('ps', '--format', '{{.Service}} {{.Health}}')).split('\n').sort();
  const all = [...services, 'keycloak', 'postgres', 'rabbitmq', 'redis', 'vault'].sort();
  assert.deepEqual(
    healthy,
    all.map((name) => `${name} healthy`),
  );
  for (const id of ['notifications', 'tasks']) await answerTo(`/api/platform/plugins/${id}/enable`, { method: 'POST' });
  await eventually('all plugins are on', async () => {
    const { items } = await answerTo('/api/platform/plugins');
    return items.length >= 4 && items.every(({ state }: { state: string }) => state === 'on');
  });
});

test('an event of a task goes through RabbitMQ and is handled', async () => {
  const { id } = await answerTo('/api/tasks', { method: 'POST', body: { title: 'Mend the net' } });
  await answerTo(`/api/tasks/${id}`, { method: 'PATCH', body: { status: 'done' } });
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await eventually('the statistics count it', async () => {
    const { totals } = await answerTo(`/api/analytics/productivity?from=${day(-2)}&to=${day(2)}`);
    return totals.created === 1 && totals.completed === 1;
  });
  const password = Buffer.from('task-connect:only-for-development').toString('base64');
  const queue = `http://127.0.0.1:${ports.RABBITMQ_MANAGEMENT}/api/queues/%2f/task-created-queue`;
  // The broker counts at intervals of its own, each figure by itself.
  const counted = await eventually('the broker counts it', async () => {
    const found = await (await fetch(queue, { headers: { authorization: `Basic ${password}` } })).json();
    return found.message_stats?.ack >= 1 && found.consumers >= 1 && found;
  });
  assert.deepEqual([counted.type, counted.consumers, counted.message_stats.ack], ['quorum', 1, 1]);
});

test('a person signs in at Keycloak, sees the console, and is signed out here when Keycloak ends the session', async () => {
  const ada = development.users[0] as { username: string; credentials: [{ value: string }] };
  const chromium = await openBrowser();
  try {
    const page = await chromium.newPage({ locale: 'en-GB' });
    await page.goto(`${gateway}/`);
    await page.locator('#username').fill(ada.username);
    assert.ok(page.url().startsWith(`${keycloak}/realms/task-connect/`), page.url());
    await page.locator('#password').fill(ada.credentials[0].value);
    await page.locator('#kc-login').click();
    await page.getByRole('navigation', { name: 'Main' }).getByText('Plugins').waitFor();
    assert.ok(page.url().startsWith(`${gateway}/`), page.url());
    // Of its own service each.
    for (const path of ['/api/me', '/api/tasks', '/api/notifications']) assert.equal(await statusIn(page, path), 200);

    await endSessions(ada.username);
    await eventually('the session is over', async () => (await statusIn(page, '/api/me')) === 401, 30_000);
    await eventually('in task-service too', async () => (await statusIn(page, '/api/tasks')) === 401, 30_000);
    await page.goto(`${gateway}/`);
    await page.locator('#password').waitFor();
  } finally {
    await chromium.close();
  }
});

const statusIn = (page: { evaluate<T>(script: string): Promise<T> }, path: string) =>
  page.evaluate<number>(`fetch('${path}').then((answer) => answer.status)`);

/** By the administrator of Keycloak, which then tells the platform (Back-Channel Logout 1.0). */
async function endSessions(username: string): Promise<void> {
  const admin = await fetch(`${keycloak}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...keycloakAdmin }),
  });
  const headers = { authorization: `Bearer ${(await admin.json()).access_token}` };
  const users = `${keycloak}/admin/realms/task-connect/users`;
  const [found] = await (await fetch(`${users}?username=${encodeURIComponent(username)}`, { headers })).json();
  const ended = await fetch(`${users}/${found.id}/logout`, { method: 'POST', headers });
  assert.equal(ended.status, 204);
}

/** Past the gateway, from inside the network: only the status. */
const statusAt = async (address: string, { method = 'GET', body, token: given = token }: Call = {}) => {
  const init = {
    method,
    headers: given ? { authorization: `Bearer ${given}` } : {},
    body: body && JSON.stringify(body),
  };
  Object.assign(init.headers, { 'content-type': 'application/json' });
  const script = `fetch(${JSON.stringify(address)}, ${JSON.stringify(init)}).then(({ status }) => console.log(status))`;
  return Number(await compose('exec', '-T', 'worker', 'node', '-e', script));
};

test('who goes past the gateway is asked for the token and the right by the service itself', async () => {
  const tasks = 'http://task-service:8080/api/tasks';
  const add = { method: 'POST', body: { title: 'Past the gateway' } };
  const readOnly = await taskConnect('token', 'create', '--admin', '--name', 'reads', '--scopes', 'tasks:read');
  assert.equal(await statusAt(tasks), 200);
  assert.equal(await statusAt(tasks, { token: readOnly }), 200);
  assert.equal(await statusAt(tasks, { ...add, token: readOnly }), 403);
  assert.equal(await statusAt(tasks, { token: `${token.slice(0, -6)}AAAAAA` }), 401);
  assert.equal(await statusAt(tasks, { token: null }), 401);
  assert.equal(await statusAt(tasks, { ...add, token: null }), 401);
  // The way of processes among one another takes no person's token, and the gateway does not lead there.
  const inner = '/internal/services/tasks';
  assert.ok([401, 403].includes(await statusAt(`http://task-service:8080${inner}`, { method: 'POST', body: {} })));
  assert.equal((await call(inner, { method: 'POST', body: {} })).status, 404);
});

test('a service that is stopped costs its own paths a 503, and comes back', async () => {
  await compose('stop', 'task-service');
  for (const path of ['/api/tasks', '/api/projects', '/api/analytics/productivity']) {
    const away = await call(path);
    assert.equal(away.status, 503, path);
    assert.match(away.headers.get('content-type')!, /^application\/problem\+json/);
    assert.ok(Number(away.headers.get('retry-after')) > 0);
    assert.equal((await away.json()).status, 503);
  }
  for (const path of ['/api/me', '/api/notifications', '/api/platform/plugins', '/', '/health/ready'])
    assert.equal((await call(path)).status, 200, path);
  await compose('start', 'task-service');
  await eventually('tasks are served again', async () => (await call('/api/tasks')).ok);
  assert.equal((await answerTo('/api/tasks')).items.length, 1);
});
