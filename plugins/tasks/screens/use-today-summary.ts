import { useToday } from './queries.ts';
import { t } from './t.ts';

/** How the day stands with its tasks, as a sentence. */
export function useTodaySummary(): string | undefined {
  const { data } = useToday();
  if (!data) return undefined;
  const count = data.overdue.length + data.due.length + data.started.length;
  if (count === 0) return t('No task is due.');
  const tasks = t({ one: 'One task', other: '{count} tasks' }, { count });
  const late = data.overdue.length;
  if (late === 0) return t('{tasks}.', { tasks });
  return t({ one: '{tasks}, one of them late.', other: '{tasks}, {count} of them late.' }, { tasks, count: late });
}
