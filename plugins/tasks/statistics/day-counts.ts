// What a task and a piece of work count for, per person, day and project. Pure: the same rules keep the read model step by
// step and make it anew, which is why both come to the same.

export type Counts = { created: number; completed: number; due: number; met: number; trackedSeconds: number };
/** `project` is `noProject` for what belongs to none. */
export type DayCounts = { person: string; day: string; project: string } & Counts;

export const noProject = '00000000-0000-0000-0000-000000000000';

const none: Counts = { created: 0, completed: 0, due: 0, met: 0, trackedSeconds: 0 };

/** What is to be counted of a task. */
export type TaskFacts = {
  created_by: string;
  created_on: string;
  completed_by: string | null;
  completed_on: string | null;
  responsible_id: string;
  /** Null as well when it was cancelled: then it is not missed. */
  due_on: string | null;
  project_id: string | null;
  estimate_minutes: number | null;
  status: string;
};

/** A task counts for who made it, for who completed it, and, on the day it is due, for whose it is. */
export function countsOfTask(task: TaskFacts | undefined): DayCounts[] {
  if (!task) return [];
  const of = { ...none, project: task.project_id ?? noProject };
  const counts: DayCounts[] = [{ ...of, person: task.created_by, day: task.created_on, created: 1 }];
  if (task.completed_on !== null) {
    counts.push({ ...of, person: task.completed_by!, day: task.completed_on, completed: 1 });
  }
  if (task.due_on !== null) {
    const met = task.completed_on !== null && task.completed_on <= task.due_on ? 1 : 0;
    counts.push({ ...of, person: task.responsible_id, day: task.due_on, due: 1, met });
  }
  return counts;
}

/** What is to be counted of work that has ended. */
export type WorkFacts = {
  person_id: string;
  day: string;
  seconds: number;
  task_id: string | null;
  project_id: string | null;
};

export const countsOfWork = (work: WorkFacts | undefined): DayCounts[] =>
  work
    ? [
        {
          ...none,
          person: work.person_id,
          day: work.day,
          project: work.project_id ?? noProject,
          trackedSeconds: work.seconds,
        },
      ]
    : [];

/** What must be added so that `before` becomes `after`; nothing for days that stay as they were. */
export function difference(before: readonly DayCounts[], after: readonly DayCounts[]): DayCounts[] {
  const sums = new Map<string, DayCounts>();
  const add = (counts: readonly DayCounts[], sign: 1 | -1) => {
    for (const { person, day, project, ...each } of counts) {
      const key = `${day} ${person} ${project}`;
      const sum = sums.get(key) ?? { person, day, project, ...none };
      for (const name of countNames) sum[name] += sign * each[name];
      sums.set(key, sum);
    }
  };
  add(before, -1);
  add(after, 1);
  // In one order, so that two who add to the same days never wait for each other.
  return [...sums.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, sum]) => sum)
    .filter((sum) => countNames.some((name) => sum[name] !== 0));
}

export const countNames = ['created', 'completed', 'due', 'met', 'trackedSeconds'] as const;
