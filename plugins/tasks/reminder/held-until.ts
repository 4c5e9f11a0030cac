import { Problem } from '@task-connect/sdk';
import type { TasksContext } from '../contract.ts';
import { preferencesOf } from '../preference/preference-table.ts';
import { nextWorkingTime } from '../preference/working-hours.ts';

/** Until when a reminder waits for its reader: for their working hours, and for the end of a booking they are in. */
export async function heldUntil(
  context: TasksContext,
  reader: { person: string; zone: string },
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const { tx, actor } = context;
  const { workingHours } = await preferencesOf(tx, { organisation: actor.organisation, person: reader.person });
  const awake = workingHours ? nextWorkingTime(workingHours, now, reader.zone) : now;
  if (!awake.equals(now)) return awake;
  const end = await endOfBooking(context, reader.person, now);
  return end && Temporal.Instant.compare(end, now) > 0 ? end : undefined;
}

/** Without bookings, or where they do not answer, nobody is in one: better a reminder too early than none. */
async function endOfBooking({ call, log }: TasksContext, person: string, now: Temporal.Instant) {
  try {
    const { until } = await call('bookings.busy', { person, at: now.toString() });
    return until === null ? undefined : Temporal.Instant.from(until);
  } catch (error) {
    if (!(error instanceof Problem)) log.warn({ err: error, person }, 'Bookings did not say whether somebody is busy');
    return undefined;
  }
}
