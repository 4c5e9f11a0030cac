import type { Task, WorkLog } from './queries.ts';

type Move = {
  task: Task;
  over: Task['status'];
  running: WorkLog | null | undefined;
  /** Whether the timer follows the status. */
  follows: boolean;
  /** How many the column holds, and how many it should. */
  column: { count: number; limit: number | null };
};

export type Consequence = 'stays' | 'moves' | 'timer-starts' | 'timer-changes' | 'timer-stops' | 'repeats' | 'too-many';

/** What a move on the board brings with it. */
export function consequencesOf({ task, over, running, follows, column }: Move): Consequence[] {
  if (task.status === over) return ['stays'];
  const found: Consequence[] = ['moves'];
  const runsOnIt = running?.task === task.id;
  if (follows && over === 'active' && !runsOnIt) found.push(running ? 'timer-changes' : 'timer-starts');
  if (follows && task.status === 'active' && runsOnIt) found.push('timer-stops');
  if (over === 'done' && task.recurrence) found.push('repeats');
  if (column.limit !== null && column.count + 1 > column.limit) found.push('too-many');
  return found;
}
