import { loadSettings } from '../config/load.ts';
import { makePlatform } from '../platform.ts';
import { machineClock } from '../testing/clock.ts';

// The platform of the bench, in a process of its own: both plugins on, log and row-level security on, four
// organisations with 20,000 tasks each.

const perOrganisation = 20_000;
const { settings } = loadSettings({ env: process.env, cwd: process.cwd() });
const platform = await makePlatform({ settings, clock: machineClock, random: Math.random });
const { port } = await platform.edge.listen(0, '127.0.0.1');
await platform.kernel.start();
for (const id of (process.env.BENCH_PLUGINS ?? '').split(',')) {
  const view = await platform.kernel.enable(id);
  if (view.state !== 'on') throw new Error(`${id}: ${view.reason}`);
}

const people = [];
const users = platform.pools.database('users');
for (let i = 0; i < 4; i += 1) {
  const person = await platform.identity.createPerson({
    name: `Person ${i}`,
    address: `p${i}@example.test`,
    verified: true,
    platformRoles: ['administrator'],
  });
  const [row] = await users.query(
    { name: 'bench.own', text: 'select personal_organisation_id as id from person where id = $1' },
    [person],
  );
  const organisation = (row as { id: string }).id;
  const { token } = await platform.identity.issuePersonalToken({
    person,
    organisation,
    name: 'bench',
    scopes: ['*'],
    expiresAt: null,
  });
  people.push({ person, organisation, token });
}

const admin = await platform.provisioner.connectAsAdmin('tasks');
for (const { person, organisation } of people) {
  await admin.query(
    `insert into task (organisation_id, title, notes, status, priority, labels, created_by, created_at, created_on, updated_at)
     select $1, 'Task number ' || n, 'Some notes of usual length, so that a row is as large as real ones are.', 'open', 0,
       array['home', 'work'], $2, timestamptz '2026-11-25 10:00:00Z' - make_interval(mins => n), date '2026-11-25', '2026-11-25 10:00:00Z'
     from generate_series(1, $3::int) n`,
    [organisation, person, perOrganisation],
  );
}
await admin.query('vacuum analyze task');
const { rows } = await admin.query('select id from task where organisation_id = $1 order by id desc limit 1', [
  people[0]!.organisation,
]);
await admin.end();

const {
  host,
  port: databasePort,
  user,
  password,
  database,
} = await platform.provisioner.connectAsAdmin('tasks').then(async (client) => {
  const { host: h, port: p, user: u, password: w, database: d } = client;
  await client.end();
  return { host: h, port: p, user: u, password: w, database: d };
});

process.send!({
  port,
  ...people[0],
  taskId: rows[0].id,
  database: `postgres://${user}:${password}@${host}:${databasePort}/${database}`,
});
process.on('disconnect', () => void platform[Symbol.asyncDispose]().then(() => process.exit(0)));
