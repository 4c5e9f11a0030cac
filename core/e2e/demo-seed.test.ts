import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeTestPlatform, type TestPlatform } from '@task-connect/testing';
import { seedDemo } from '../cli/commands/demo-seed.ts';
import { perform } from '../cli/run-command.ts';
import { type Client, makeClient } from '../testing/client.ts';

// The demo, seeded once beside the people of a test platform, and looked at through the API as its people see it.

const password = 'larch on oak, 31 ft';
type Seeded = { address: string; password: string; made: Record<string, number> };

let app: TestPlatform;
let seeded: Seeded;
const seed = (options: object) =>
  perform([seedDemo], app.platform, true, {
    command: 'demo seed',
    by: 'a test',
    args: { operands: [], options: { beside: false, json: false, help: false, ...options } },
  });

before(async () => {
  app = await makeTestPlatform({});
  const refused = await seed({});
  assert.ok(!refused.ok && /have an account here/.test(refused.message), JSON.stringify(refused));
  const answer = await seed({ beside: true, password });
  assert.ok(answer.ok, JSON.stringify(answer));
  seeded = answer.result as Seeded;
});
after(() => app[Symbol.asyncDispose]());

/** Everybody of an organisation of the demo, acting in it. */
async function peopleOf(name: string): Promise<(Client & { role: string })[]> {
  const rows = await app.platform.pools.database('users').query(
    {
      name: 'test.demo-people',
      text: `select m.person_id as person, m.organisation_id as organisation, m.role from membership m
             join organisation o on o.id = m.organisation_id
             join person p on p.id = m.person_id
             where o.name = $1 and p.address like '%.example' order by m.joined_at, p.id`,
    } as never,
    [name] as never,
  );
  return Promise.all(
    (rows as { person: string; organisation: string; role: string }[]).map(async ({ person, organisation, role }) => {
      const issued = { person, organisation, name: 'test', scopes: ['*'], expiresAt: null };
      const { token } = await app.platform.identity.issuePersonalToken(issued);
      return { ...makeClient(app.url, { token, person, organisation }), role };
    }),
  );
}

const firms = ['Lantern Yard', 'Halvorsen Boatyard', 'Ribeira Ceramics'];

async function allOf<Item>(client: Client, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await client.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${cursor}`}`);
    assert.equal(page.status, 200, JSON.stringify(page.body));
    items.push(...page.body.items);
    cursor = page.body.next;
  }
  return items;
}

test('there is as much as was said, and it is told to the operator', async () => {
  const { made } = seeded;
  assert.deepEqual([made.organisations, made.people, made.projects, made.tasks], [3, 40, 12, 2000]);
  // A task that is due just now may remind by itself meanwhile.
  assert.ok(made.notifications! >= 3000 && made.notifications! < 3020, `${made.notifications} notifications`);
  assert.ok(made['work logs']! > 4000, `${made['work logs']} work logs`);
  const share = made['of them unread']! / made.notifications!;
  assert.ok(share > 0.32 && share < 0.36, `${share} of them unread`);

  const statuses = new Map<string, number>();
  let tasks = 0;
  let projects = 0;
  let inside = 0;
  for (const firm of firms) {
    const [owner] = await peopleOf(firm);
    for (const task of await allOf<{ status: string }>(owner!, '/api/tasks')) {
      tasks += 1;
      statuses.set(task.status, (statuses.get(task.status) ?? 0) + 1);
    }
    const list = await allOf<{ parent: string | null }>(owner!, '/api/projects');
    projects += list.length;
    inside += list.filter(({ parent }) => parent !== null).length;
  }
  assert.deepEqual([tasks, projects, inside], [2000, 12, 5]);
  for (const status of ['open', 'active', 'waiting', 'done', 'cancelled']) {
    assert.ok((statuses.get(status) ?? 0) > 15, `${status}: ${statuses.get(status)}`);
  }
});

test('what the read model counted by events equals the tasks and the work counted one by one', async () => {
  const today = Temporal.Now.plainDateISO('UTC').add({ days: 1 });
  const range = `from=${today.subtract({ days: 400 })}&to=${today}`;
  let tracked = 0;
  for (const firm of firms) {
    const people = await peopleOf(firm);
    const tasks = await allOf<{ createdBy: string; status: string; completedAt: string | null }>(
      people[0]!,
      '/api/tasks',
    );
    const sums = { created: 0, completed: 0 };
    for (const person of people) {
      const { totals } = (await person.get(`/api/analytics/productivity?${range}`)).body;
      const logs = await allOf<{ seconds: number }>(person, '/api/work-logs');
      assert.equal(
        totals.trackedSeconds,
        logs.reduce((sum, log) => sum + log.seconds, 0),
      );
      assert.equal(totals.created, tasks.filter((task) => task.createdBy === person.person).length);
      tracked += logs.length;
      sums.created += totals.created;
      sums.completed += totals.completed;
    }
    assert.equal(sums.created, tasks.length);
    assert.equal(sums.completed, tasks.filter(({ status }) => status === 'done').length);
  }
  assert.equal(tracked, seeded.made['work logs']);
});

test('the owner signs in with what was printed, in a day that has something to do', async () => {
  const [ines] = await peopleOf('Lantern Yard');
  const { body: me } = await ines!.get('/api/me');
  assert.equal(me.address, seeded.address);
  assert.deepEqual(me.platformRoles, []);
  const { body: day } = await ines!.get('/api/tasks/today');
  const titles = [...day.overdue, ...day.due, ...day.started].map(({ title }: { title: string }) => title);
  assert.ok(titles.includes('Cut webbing, chairs 9–16') && titles.includes('Send Tamblyn the second quote'));
});

test('a year of reminders is no letter, and nothing waits or has died', async () => {
  const mails = join(app.platform.settings.data, 'mail');
  const count = (() => {
    try {
      return readdirSync(mails).length;
    } catch {
      return 0;
    }
  })();
  assert.equal(count, 0);
  const { items } = (await app.as('administrator').get('/api/platform/dead-letters')).body;
  assert.deepEqual(items, []);
});

test('seeding again changes nothing and says so', async () => {
  const again = await seed({ beside: true });
  assert.ok(!again.ok && /The demo is here already/.test(again.message), JSON.stringify(again));
});
