import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { makeTestPlatform } from '../testing/testing.ts';
import { median } from './load.ts';

// `npm run bench -- --tasks`: a day, a list with four conditions and a year of work, over 100,000 tasks and 100,000
// entries of one organisation; beside a bare server that sends the same SQL, as its superuser, without any of the rest.
// One request after another: what one person waits for.

const size = 100_000;
const rounds = Number(process.env.BENCH_ROUNDS ?? 40);
const say = (line: string) => process.stdout.write(`${line}\n`);

const app = await makeTestPlatform({ plugins: ['tasks'] });
const client = await app.person('member', 'bench');
const { organisation, person, token } = client;
const admin = await app.platform.provisioner.connectAsAdmin('tasks');
const { host, port, user, password, database } = admin;
const pool = new pg.Pool({ host, port, user, password: password as string, database: database as string, max: 4 });

const { id: project } = (await client.post('/api/projects', { name: 'Bench' })).body;
await admin.query(
  `insert into task (organisation_id, title, notes, status, priority, labels, created_by, created_at, created_on,
     updated_at, completed_at, completed_on, completed_by, due_on, due_zone, project_id, estimate_minutes)
   select $1, 'Task number ' || n, 'Some notes of usual length, so that a row is as large as real ones are.',
     case when done then 'done' else 'open' end, n % 4, array['label ' || n % 50], $2, at, at::date, at,
     case when done then at end, case when done then at::date end, case when done then $2::uuid end,
     current_date + (n % 700) - 350, 'Europe/Berlin', case when n % 5 = 0 then $3::uuid end, 30
   from (select n, n % 7 > 0 as done, now() - make_interval(mins => n * 5) as at from generate_series(1, $4::int) n) n`,
  [organisation, person, project, size],
);
await admin.query(
  `insert into work_log (organisation_id, person_id, task_id, note, started_at, ended_at, seconds, placed, local_date, zone)
   select $1, $2, t.id, '', now() - make_interval(mins => n * 5), now() - make_interval(mins => n * 5 - 4), 240, false,
     (now() - make_interval(mins => n * 5))::date, 'Europe/Berlin'
   from (select id, (row_number() over ())::int as n from task where organisation_id = $1) t`,
  [organisation, person],
);
await app.as('administrator').post('/api/platform/jobs/tasks/rebuild-statistics/run');
await app.settled();
await admin.query('vacuum analyze');

const today = Temporal.Now.plainDateISO('Europe/Berlin');
const from = today.subtract({ days: 365 }).toString();
const columns = 'id, title, notes, status, priority, due_on, due_at, due_zone, labels, project_id, version';
const range = `statistics_project_day where organisation_id = $1 and person_id = $2 and day between $3 and $4`;
const counts = 'sum(created), sum(completed), sum(due), sum(met), sum(tracked_seconds)';
const bare: Record<string, { text: string; values: unknown[] }[]> = {
  today: [
    {
      text: `select ${columns} from task where organisation_id = $1 and responsible_id = $2
        and status in ('open', 'active', 'waiting') and (due_on <= $3 or status = 'active' or start_on <= $3)
        order by due_on, id limit 501`,
      values: [organisation, person, today.toString()],
    },
  ],
  list: [
    {
      text: `select ${columns} from task where organisation_id = $1 and status = 'open' and project_id = $2
        and labels @> array['label 5'] and (title || E'\\n' || notes) ilike '%number 1%' order by due_on, id limit 51`,
      values: [organisation, project],
    },
  ],
  year: [
    {
      text: `select day, ${counts} from ${range} group by day order by day`,
      values: [organisation, person, from, today.toString()],
    },
    {
      text: `select project_id, ${counts} from ${range} group by project_id`,
      values: [organisation, person, from, today.toString()],
    },
    {
      text: `select t.project_id, count(*), sum(t.estimate_minutes), sum(w.seconds) from statistics_task t left join
        (select task_id, sum(seconds) as seconds from statistics_work where organisation_id = $1 group by 1) w using (task_id)
        where t.organisation_id = $1 and t.completed_by = $2 and t.completed_on between $3 and $4 group by 1`,
      values: [organisation, person, from, today.toString()],
    },
  ],
};
const server = createServer(async (req, res) => {
  const answers = await Promise.all(bare[req.url!.slice(1)]!.map((query) => pool.query(query)));
  res.setHeader('content-type', 'application/json').end(JSON.stringify(answers.map(({ rows }) => rows)));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const bareUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const paths: Record<string, [name: string, path: string]> = {
  today: ['today', '/api/tasks/today'],
  list: [
    'list with four conditions',
    `/api/tasks?status=open&project=${project}&label=label%205&text=number%201&sort=due`,
  ],
  year: ['productivity of a year', `/api/analytics/productivity?from=${from}&to=${today}`],
};

async function timed(url: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok || text.length < 100) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 200)}`);
  return performance.now() - began;
}

say(`| what, over ${size.toLocaleString('en')} | median ms | slowest ms | bare median ms | ratio |`);
say('|---|---|---|---|---|');
for (const [key, [name, path]] of Object.entries(paths)) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const [one, other] = [await timed(app.url + path), await timed(`${bareUrl}/${key}`)];
    if (round >= 0) ours.push(one) && theirs.push(other);
  }
  const [mine, its] = [median(ours), median(theirs)];
  say(
    `| ${name} | ${mine.toFixed(1)} | ${Math.max(...ours).toFixed(1)} | ${its.toFixed(1)} | ${(mine / its).toFixed(2)} |`,
  );
}

server.close();
await pool.end();
await admin.end();
await app[Symbol.asyncDispose]();
process.exit(0);
