import { declarePlugin, statement, z } from '@task-connect/sdk';

// Hears what the tasks plugin tells, as any other plugin would, and shows it to the tests.

const ofTask = z.object({
  taskId: z.uuid(),
  title: z.string(),
  status: z.string(),
  project: z.uuid().nullable(),
  assignee: z.uuid().nullable(),
  createdBy: z.uuid(),
});
const ofWork = z.object({ workLogId: z.uuid(), taskId: z.uuid().nullable(), person: z.uuid(), seconds: z.int() });
const ofProject = z.object({ projectId: z.uuid(), name: z.string(), archived: z.boolean() });
const changed = z.array(z.string());

const witness = declarePlugin({
  id: 'witness',
  title: 'Witness',
  paths: ['/witness'],
  handles: {
    'task.created': { version: 1, data: ofTask },
    'task.changed': { version: 1, data: ofTask.extend({ changed }) },
    'task.completed': { version: 1, data: ofTask.extend({ changed, completedBy: z.uuid() }) },
    'task.reopened': { version: 1, data: ofTask.extend({ changed }) },
    'task.deleted': { version: 1, data: ofTask },
    'project.created': { version: 1, data: ofProject },
    'project.updated': { version: 1, data: ofProject.extend({ changed }) },
    'project.deleted': { version: 1, data: ofProject },
    'timer.started': { version: 1, data: z.object({ workLogId: z.uuid(), person: z.uuid() }) },
    'work.logged': { version: 1, data: ofWork },
    'work.changed': { version: 1, data: ofWork },
    'work.deleted': { version: 1, data: z.object({ workLogId: z.uuid() }) },
  },
});

const insert = statement<[organisation: string, type: string, subject: string, sequence: string, data: string], never>(
  'witness.insert',
  'insert into heard (organisation_id, type, subject, sequence, data) values ($1, $2, $3, $4, $5::jsonb)',
);
const ofSubject = statement<[subject: string], { type: string; data: Record<string, unknown> }>(
  'witness.of-subject',
  'select type, data from heard where subject = $1 order by sequence::numeric',
);

const listHeard = witness.route({
  method: 'GET',
  path: '/witness/:subjectId',
  summary: 'What was heard of one thing, in order',
  permission: 'signed-in',
  returns: z.object({ items: z.array(z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) })) }),
  handle: async ({ params }, { tx }) => ({ items: await tx.query(ofSubject, [params.subjectId]) }),
});

type Heard = keyof typeof witness.contract.handles;

export default witness.plugin({
  migrations: new URL('./migrations/', import.meta.url),
  routes: [listHeard],
  handlers: (Object.keys(witness.contract.handles) as Heard[]).map((event) =>
    witness.handler({
      event,
      name: `keep-${event}`,
      async handle({ type, subject, sequence, organisation, data }, { tx }) {
        await tx.query(insert, [organisation, type, subject, String(sequence), JSON.stringify(data)]);
      },
    }),
  ),
});
