import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayConfig } from './gateway-config.ts';

const contracts = [
  { id: 'tasks', paths: ['/tasks', '/analytics/productivity'] },
  { id: 'field-notes', paths: ['/field-notes'] },
  { id: 'users', paths: ['/me'] },
];
const given = {
  contracts,
  services: new Map([
    ['tasks', ['task-service:8080', 'task-service-2:8080']],
    ['field-notes', ['127.0.0.1:9001']],
  ]),
  rest: ['user-service:8080'],
  listen: '80',
  base: '',
};

/** Which upstream each location leads to. */
const routesOf = (config: string) =>
  Object.fromEntries(
    [...config.matchAll(/location ([^{]+?) \{\s+proxy_pass http:\/\/(\w+);/g)].map(([, match, name]) => [match, name]),
  );

test('each path of a named plugin leads to its service, exactly and below, and the rest to one process', () => {
  assert.deepEqual(routesOf(gatewayConfig(given)), {
    '= /api/live': 'tc_rest',
    '= /api/field-notes': 'tc_field_notes',
    '^~ /api/field-notes/': 'tc_field_notes',
    '= /api/analytics/productivity': 'tc_tasks',
    '^~ /api/analytics/productivity/': 'tc_tasks',
    '= /api/tasks': 'tc_tasks',
    '^~ /api/tasks/': 'tc_tasks',
    '/': 'tc_rest',
  });
});

test('several servers of a plugin are one upstream', () => {
  const config = gatewayConfig(given);
  assert.match(config, /upstream tc_tasks \{\n {4}server task-service:8080 [^}]*server task-service-2:8080 /);
  assert.equal(config.match(/^upstream /gm)?.length, 3);
});

test('a base path heads every address', () => {
  const routes = routesOf(gatewayConfig({ ...given, base: '/tc' }));
  assert.equal(routes['= /tc/api/tasks'], 'tc_tasks');
  assert.equal(routes['/tc/'], 'tc_rest');
  assert.equal(routes['= /api/tasks'], undefined);
});

test('a plugin that is not there, and an address that is none, are refused by name', () => {
  const services = new Map([['taks', ['a:1']]]);
  assert.throws(() => gatewayConfig({ ...given, services }), /There is no plugin taks; there are tasks, field-notes/);
  assert.throws(() => gatewayConfig({ ...given, rest: ['a:80; return 200'] }), /is no host:port/);
  assert.throws(() => gatewayConfig({ ...given, listen: '80; x' }), /no port to listen on/);
});

test('what nginx refuses itself is a problem document, each with the status that is in it', () => {
  const config = gatewayConfig(given);
  const documents = [...config.matchAll(/return (\d+) '(\{.*\})';/g)];
  assert.deepEqual(
    documents.map(([, status, text]) => [Number(status), JSON.parse(text!).status]),
    [503, 400, 405, 413, 414, 431, 404].map((status) => [status, status]),
  );
  for (const [line, , path] of config.matchAll(/error_page \d+ =(\d+) (\/\S+);/g))
    assert.ok(config.includes(`location = ${path} {`), line);
});
