import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeLog } from '../observability/log.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

const workshop = pluginWorkshop();
const lines: string[] = [];
let app: TestPlatform;

before(async () => {
  const text = pluginText('speaker')
    .replace(
      'async handle({ actor }, { publish }) {',
      "async handle({ actor }, { publish, log }) { log.info({}, 'the route speaks');",
    )
    .replace(
      'async handle({ data, organisation }, { tx }) {',
      "async handle({ data, organisation }, { tx, log }) { log.info({}, 'the handler speaks');",
    );
  workshop.write('speaker', { 'plugin.ts': text, 'migrations/2026-11-25-create-seen.ts': migrationText() });
  const destination = { write: (line: string) => void lines.push(...line.split('\n')) };
  app = await makeTestPlatform({
    plugins: ['speaker'],
    pluginFolders: [workshop.folder],
    log: makeLog({ level: 'info', destination }),
  });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

test('one trace goes from the request’s header over the bus to the log of the handler', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const { status, headers } = await app
    .as('member')
    .post('/api/speaker', undefined, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
  assert.equal(status, 200);
  await app.settled();
  const said = (message: string) => lines.filter((line) => line.includes(message)).map((line) => JSON.parse(line));
  const [route] = said('the route speaks');
  const [handler] = said('the handler speaks');
  assert.equal(route.traceId, traceId);
  assert.equal(route.requestId, headers.get('x-request-id'));
  assert.equal(route.plugin, 'speaker');
  assert.equal(handler.traceId, traceId);
});
