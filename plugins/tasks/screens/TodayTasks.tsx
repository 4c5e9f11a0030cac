import { EmptyState, Problem, Section, SkeletonRows, useMe, useTimeStyle } from '@task-connect/console';
import { type Task, useDoneTasks, useProjects, useToday } from './queries.ts';
import { TaskCapture } from './TaskCapture.tsx';
import { TaskRow } from './TaskRow.tsx';
import { t } from './t.ts';
import css from './task-row.module.css';

/** The tasks of the day: what is late, what is due, what has begun, and what was done. */
export function TodayTasks() {
  const day = useToday();
  const { zone, now } = useTimeStyle();
  // Of the clock here: what is added before the day was read is for today as well.
  const today = day.data?.date ?? now.toZonedDateTimeISO(zone).toPlainDate().toString();
  const projects = useProjects();
  const doneToday = useDoneToday();
  const listed = day.data ? [...day.data.overdue, ...day.data.due, ...day.data.started] : [];
  const left = listed.filter(isLeft);
  // What was ticked a moment ago is done at once; the server’s own list of it comes later.
  const ticked = listed.filter((task) => task.status === 'done');
  const done = [...ticked, ...doneToday.filter(({ id }) => !ticked.some((task) => task.id === id))];
  const projectOf = (task: Task) => projects?.find((project) => project.id === task.project);
  const note = day.data && t('{left} left, {done} done', { left: left.length, done: done.length });
  return (
    <Section title={t('Tasks')} note={note} className={css.list}>
      <TaskCapture given={{ due: { date: today } }} />
      <Problem problem={day.problem} retry={day.refresh} />
      {day.loading && <SkeletonRows rows={5} />}
      <ul>
        {left.map((task) => (
          <TaskRow key={task.id} task={task} project={projectOf(task)} />
        ))}
      </ul>
      {day.data && left.length === 0 && (
        <EmptyState icon="checkbox" title={done.length > 0 ? t('All of today is done') : t('Nothing is due today')}>
          {t('Type a line above: a day, a time, a length and labels are understood.')}
        </EmptyState>
      )}
      {done.length > 0 && (
        <>
          <h3 className={css.sub}>{t('Done')}</h3>
          <ul>
            {done.map((task) => (
              <TaskRow key={task.id} task={task} project={projectOf(task)} />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

const isLeft = (task: Task) => task.status !== 'done' && task.status !== 'cancelled';

function useDoneToday(): Task[] {
  const { id } = useMe();
  const { zone, now } = useTimeStyle();
  const start = now.toZonedDateTimeISO(zone).startOfDay().toInstant();
  const isMine = (task: Task) => task.assignee === id || (task.assignee === null && task.createdBy === id);
  const isToday = ({ completedAt }: Task) =>
    completedAt !== null && Temporal.Instant.compare(Temporal.Instant.from(completedAt), start) >= 0;
  return useDoneTasks().data?.items.filter((task) => isMine(task) && isToday(task)) ?? [];
}
