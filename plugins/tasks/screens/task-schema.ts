import type { JsonSchema, Member } from '@task-connect/console';
import type { Project } from './queries.ts';
import { priorityTitles, statuses, statusTitles } from './status-title.ts';
import { t } from './t.ts';

const choice = (title: string, options: Record<string, string>): JsonSchema => ({
  title,
  type: 'string',
  enum: Object.keys(options),
  titles: options,
});

/** The form of a task; due is a day and, if wanted, a time. */
export const taskSchema = (known: { projects: readonly Project[]; members: readonly Member[] }): JsonSchema => ({
  type: 'object',
  required: ['title', 'status', 'priority', 'labels'],
  properties: {
    title: { title: t('Title'), type: 'string', minLength: 1, maxLength: 200 },
    status: choice(t('Status'), Object.fromEntries(statuses.map((status) => [status, statusTitles[status]]))),
    dueDay: { title: t('Due on'), type: 'string', format: 'date' },
    dueTime: {
      title: t('At'),
      description: t('Without a time it is due that day, wherever one is.'),
      type: 'string',
      format: 'time',
    },
    assignee: choice(t('Person'), Object.fromEntries(known.members.map(({ person, name }) => [person, name]))),
    project: choice(t('Project'), Object.fromEntries(known.projects.map(({ id, name }) => [id, name]))),
    priority: choice(t('Priority'), priorityTitles),
    estimate: {
      title: t('Length'),
      description: t('Such as 30m, 2h or 1h30.'),
      type: 'string',
      pattern: '^\\d{1,3}([.,]\\d)?h(\\d{1,2})?m?$|^\\d{1,4}m(in)?$',
    },
    labels: { title: t('Labels'), type: 'array', items: { type: 'string' } },
    notes: { title: t('Notes'), type: 'string', maxLength: 100_000 },
  },
});
