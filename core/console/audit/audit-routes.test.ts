import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPlatform } from '../../people/test-platform.ts';
import { csvCell } from './audit-export.ts';

const app = await startPlatform();
after(() => app[Symbol.asyncDispose]());
const admin = app.as('administrator');
const audit = async (query: string) => (await admin.get(`/api/platform/audit?${query}`)).body;
type Row = { id: number; action: string; subject: string; actor: string; address: string | null };

const person = await app.person('member', 'Wanda Karr');
const member = `/api/organisations/${app.organisation}/members/${person.person}`;
await app.as('owner').patch(member, { role: 'manager' });
await person.patch('/api/me', { name: '=HYPERLINK("x")' });
await admin.patch(`/api/people/${app.as('guest').person}`, { active: true });
await app.settled();

test('lines are filtered by action, who, about whom, plugin, organisation, words and time', async () => {
  const actions = async (query: string) => (await audit(query)).items.map((row: Row) => row.action);
  assert.deepEqual(await actions('action=member.role-changed'), ['member.role-changed']);
  assert.deepEqual((await actions('action=pro')).length, 0);
  assert.deepEqual(await actions('action=profile.'), ['profile.changed']);
  assert.deepEqual(await actions(`actor=${person.person}`), ['profile.changed']);
  assert.deepEqual(await actions(`about=${person.person}`), ['profile.changed', 'member.role-changed']);
  assert.deepEqual(await actions(`organisation=${app.organisation}&action=member.`), ['member.role-changed']);
  assert.deepEqual(await actions(`organisation=${person.person}`), []);
  assert.ok((await actions('plugin=users')).includes('person.changed'));
  assert.equal((await actions('plugin=users')).includes('plugin.enabled'), false);
  assert.deepEqual(await actions('text=HYPERLINK'), []);
  assert.deepEqual(await actions('text=Wanda'), ['profile.changed']);
  assert.deepEqual(await actions('to=2001-01-01T00:00:00Z'), []);
  assert.equal((await audit('from=2001-01-01T00:00:00Z&count=true')).total, (await audit('limit=200')).items.length);
  assert.equal((await admin.get('/api/platform/audit?actor=nobody')).status, 422);
  const known = (await admin.get('/api/platform/audit/actions')).body.items;
  assert.ok(known.includes('profile.changed') && known.includes('member.role-changed'));
  assert.deepEqual(known, [...new Set(known)].sort());
});

test('pages follow one another without a gap', async () => {
  const all = (await audit('limit=200')).items.map((row: Row) => row.id);
  const seen: number[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: { items: Row[]; next: string | null } = await audit(`limit=2${next && `&cursor=${next}`}`);
    seen.push(...page.items.map((row) => row.id));
    next = page.next;
  }
  assert.ok(all.length >= 3);
  assert.deepEqual(seen, all);
});

test('the log leaves as CSV and as JSON lines, and that stands in it', async () => {
  const csv = await admin.get('/api/platform/audit/export?action=profile.changed');
  assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.match(csv.headers.get('content-disposition')!, /^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
  const lines = csv.body.split('\r\n');
  assert.deepEqual([lines.length, lines.at(-1)], [3, '']);
  assert.match(lines[1], /profile\.changed,users,/);
  const json = await fetch(`${app.url}/api/platform/audit/export?format=jsonl&action=profile.changed`, {
    headers: { authorization: `Bearer ${admin.token}` },
  });
  const rows = (await json.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    rows.map(({ action, after }) => [action, after.name]),
    [['profile.changed', '=HYPERLINK("x")']],
  );
  const exported = (await audit('action=audit.exported')).items;
  assert.deepEqual(
    exported.map((row: Row) => row.subject),
    ['jsonl', 'csv'],
  );
});

test('a cell of a CSV is no formula, and its quotes are kept', () => {
  for (const [value, cell] of [
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-1', "'-1"],
    ['+49 30', "'+49 30"],
    ['\tx', "'\tx"],
    ['a "b", c', '"a ""b"", c"'],
    [null, ''],
    [{ a: 1 }, '"{""a"":1}"'],
    [7, '7'],
  ] as const)
    assert.equal(csvCell(value), cell);
});

test('everybody sees what is theirs, and not from where others did it', async () => {
  const { items } = (await person.get('/api/console/history')).body;
  assert.deepEqual(
    items.map((row: Row) => [row.action, row.address === null]),
    [
      ['profile.changed', false],
      ['member.role-changed', true],
    ],
  );
  assert.deepEqual((await app.as('stranger').get('/api/console/history')).body.items, []);
  assert.equal((await app.as('anonymous').get('/api/console/history')).status, 401);
});

test('the whole log is for administrators alone', async () => {
  for (const role of ['guest', 'member', 'manager', 'owner', 'stranger'] as const) {
    for (const path of ['', '/actions', '/export'])
      assert.equal((await app.as(role).get(`/api/platform/audit${path}`)).status, 403);
  }
});

test('everybody reads what each role may do; administrators that of plugins that are off, too', async () => {
  const { body } = await app.as('guest').get('/api/console/roles');
  assert.deepEqual(body.organisationRoles, ['guest', 'member', 'manager', 'owner']);
  const invite = body.permissions.find((each: { name: string }) => each.name === 'organisation:invite');
  assert.deepEqual([invite.plugin, invite.pluginTitle, invite.from, invite.on], ['users', 'People', 'manager', true]);
  assert.ok(body.permissions.every((each: { on: boolean }) => each.on));
  assert.ok((await admin.get('/api/console/roles')).body.permissions.length >= body.permissions.length);
  assert.equal((await app.as('anonymous').get('/api/console/roles')).status, 401);
});
