import Koa from 'koa';
import pg from 'pg';

// What the platform is measured against: Koa and pg and nothing else. The same rows by the same SQL with unprepared
// `pool.query`, a constant token, no row-level security, no validation, no log.

const pool = new pg.Pool({ connectionString: process.env.BARE_DATABASE, max: 10 });
const token = `Bearer ${process.env.BARE_TOKEN}`;
const organisation = process.env.BARE_ORGANISATION;
const columns = `id, title, notes, status, priority, due_on, due_at, due_zone, start_on, start_at, start_zone,
  labels, assignee_id, estimate_minutes, project_id, parent_id, remind_before_minutes, created_by, created_at, created_on,
  updated_at, completed_at, completed_on, completed_by, repeat_rule, repeat_from, series_on, series_time, series_zone,
  series_id, slot_on, checklist, reminders, position, import_key, version`;

const list = `select ${columns} from task where organisation_id = $1 order by organisation_id desc, id desc limit 21`;
const one = `select ${columns} from task where organisation_id = $1 and id = $2`;
const insertTask = `insert into task (organisation_id, title, notes, status, priority, labels, created_by, created_at, created_on, updated_at)
  values ($1, $2, '', 'open', 0, '{}', $3, $4, $5, $4) returning ${columns}`;
const insertOutbox = `insert into tc.outbox (kind, type, version, key, organisation, actor, at, data)
  values ('event', 'bare.created', 1, $1, $2, $3, $4, $5)`;

const app = new Koa();
app.use(async (ctx) => {
  if (ctx.get('authorization') !== token) {
    ctx.status = 401;
    return;
  }
  if (ctx.method === 'POST') {
    let text = '';
    for await (const chunk of ctx.req) text += chunk;
    const { title } = JSON.parse(text);
    const now = new Date().toISOString();
    const { rows } = await pool.query(insertTask, [organisation, title, organisation, now, now.slice(0, 10)]);
    if (ctx.query.outbox)
      await pool.query(insertOutbox, [rows[0].id, organisation, organisation, now, JSON.stringify(rows[0])]);
    ctx.status = 201;
    ctx.body = rows[0];
    return;
  }
  const id = /^\/tasks\/(.+)$/.exec(ctx.path)?.[1];
  const { rows } = id ? await pool.query(one, [organisation, id]) : await pool.query(list, [organisation]);
  ctx.body = id ? rows[0] : { items: rows };
});

const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as { port: number }).port });
});
process.on('disconnect', () => process.exit(0));
