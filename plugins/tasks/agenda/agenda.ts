import type { AgendaQuestion } from '@task-connect/sdk';
import { tasks } from '../contract.ts';
import { blocksBetween } from '../plan/planned-block-table.ts';
import { type DueRow, tasksDueBetween } from './agenda-table.ts';

/** What is due and what is planned, of the person who asks. */
export const agenda = tasks.agenda(async (question, { tx, actor }) => {
  if (actor.kind === 'person' && (actor.person !== question.person || !actor.may('tasks:read'))) return [];
  const owner = { organisation: actor.organisation, person: question.person };
  // Zones are at most 26 hours apart: a time of these days has a day of its own that is at most two away.
  const near = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString();
  const due = await tasksDueBetween(tx, owner, near(question.firstDay, -2), near(question.lastDay, 2));
  const planned = await blocksBetween(tx, owner, question);
  return [
    ...due.filter((row) => isDueThen(row, question)).map(itemOfDue),
    ...planned.map((row) => ({
      id: `planned ${row.id}`,
      kind: 'planned' as const,
      title: row.title,
      date: null,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      zone: row.zone,
      link: `/tasks/${row.task_id}`,
      hue: null,
      done: row.is_over,
    })),
  ];
});

function isDueThen({ due_on: on, due_at: at }: DueRow, { firstDay, lastDay, from, to }: AgendaQuestion): boolean {
  if (at === null) return on >= firstDay && on <= lastDay;
  const time = Temporal.Instant.from(at).epochMilliseconds;
  return time >= Temporal.Instant.from(from).epochMilliseconds && time < Temporal.Instant.from(to).epochMilliseconds;
}

const itemOfDue = (row: DueRow) => ({
  id: `due ${row.id}`,
  kind: 'due' as const,
  title: row.title,
  date: row.due_at === null ? row.due_on : null,
  startsAt: row.due_at,
  endsAt: null,
  zone: row.due_at === null ? null : row.due_zone,
  link: `/tasks/${row.id}`,
  hue: null,
  done: row.is_done,
});
