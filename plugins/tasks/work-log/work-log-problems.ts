import { declareProblem } from '@task-connect/sdk';

export const TimerRunning = declareProblem({
  type: 'tasks/timer-running',
  status: 409,
  title: 'A timer runs',
  detail: (f: { workLogId: string; taskTitle: string | null }) =>
    f.taskTitle === null ? 'Stop the timer that runs first.' : `Stop the timer on “${f.taskTitle}” first.`,
});

export const NoTimer = declareProblem({
  type: 'tasks/no-timer',
  status: 409,
  title: 'No timer runs',
  detail: () => 'No timer of yours runs in this organisation. Start one, or log the time that you worked.',
});

export const WorkOverlaps = declareProblem({
  type: 'tasks/work-overlaps',
  status: 409,
  title: 'There is other work at that time',
  detail: (f: { startedAt: string; endedAt: string | null; taskTitle: string | null; when: string }) =>
    `You logged ${f.taskTitle === null ? 'work' : `work on “${f.taskTitle}”`} ${f.when}. ` +
    'Change one of the two, or give only the minutes.',
});

/** When work was done, in the words of its reader. */
export function whenInWords(
  startedAt: string,
  endedAt: string | null,
  reader: { zone: string; locale: string },
): string {
  const words = (at: string) =>
    Temporal.Instant.from(at).toLocaleString(reader.locale, {
      timeZone: reader.zone,
      dateStyle: 'medium',
      timeStyle: 'short',
    });
  return `from ${words(startedAt)} ${endedAt === null ? 'until now' : `to ${words(endedAt)}`}`;
}
