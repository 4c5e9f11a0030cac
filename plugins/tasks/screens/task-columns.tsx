import { type Column, DateTime, durationText, type Member, Person, type TimeStyle } from '@task-connect/console';
import type { Project, Task } from './queries.ts';
import { priorityTitles, statusTitles } from './status-title.ts';
import { t } from './t.ts';
import css from './task-list.module.css';
import { isLate, whenText } from './when-text.ts';

type Known = { projects: readonly Project[]; members: readonly Member[]; style: TimeStyle };

/** The columns of the list; on a telephone the second line says what has no column. */
export function taskColumns({ projects, members, style }: Known): readonly Column<Task>[] {
  const projectOf = (task: Task) => projects.find((project) => project.id === task.project)?.name;
  const personOf = (task: Task) => members.find((member) => member.person === task.assignee)?.name;
  return [
    {
      key: 'title',
      title: t('Task'),
      sortable: true,
      text: ({ title }) => title,
      cell: (task) => (
        <span dir="auto" className={task.status === 'done' || task.status === 'cancelled' ? css.done : undefined}>
          {task.title}
          {task.labels.length > 0 && (
            <span className={css.labels}>{task.labels.map((one) => `#${one}`).join(' ')}</span>
          )}
          <small className={css.second}>
            {[projectOf(task), statusTitles[task.status]].filter(Boolean).join(' · ')}
          </small>
        </span>
      ),
    },
    { key: 'project', title: t('Project'), width: 180, hideBelow: 'desk', cell: projectOf },
    {
      key: 'assignee',
      title: t('Person'),
      width: 150,
      hideBelow: 'desk',
      cell: (task) => {
        const name = personOf(task);
        return name && <Person name={name} />;
      },
    },
    { key: 'status', title: t('Status'), width: 90, hideBelow: 'tablet', cell: (task) => statusTitles[task.status] },
    {
      key: 'due',
      title: t('Due'),
      text: ({ due }) => (due ? ('date' in due ? due.date : due.at) : ''),
      width: 116,
      sortable: true,
      cell: (task) =>
        task.due && <span className={isLate(task, style) ? css.late : undefined}>{whenText(task.due, style)}</span>,
    },
    {
      key: 'priority',
      title: t('Priority'),
      width: 90,
      sortable: true,
      hidden: true,
      cell: ({ priority }) => priority !== 'none' && priorityTitles[priority],
    },
    {
      key: 'created',
      title: t('Added'),
      width: 110,
      sortable: true,
      hidden: true,
      cell: ({ createdAt }) => <DateTime at={createdAt} />,
    },
    {
      key: 'updated',
      title: t('Changed'),
      width: 110,
      sortable: true,
      hidden: true,
      cell: ({ updatedAt }) => <DateTime at={updatedAt} />,
    },
    {
      key: 'estimate',
      title: t('Length'),
      width: 80,
      align: 'end',
      hideBelow: 'tablet',
      cell: (task) =>
        task.estimateMinutes !== null && <span className={css.length}>{durationText(task.estimateMinutes * 60)}</span>,
    },
  ];
}
