import type { Clock, Log } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable-text.ts';
import { type ConsumerEvents, UnknownVersion } from './bound-handler.ts';
import { type InboxRow, retryLater, toDeadLetters } from './inbox.ts';
import { Hopeless, secondsUntilRetry } from './retry.ts';

/** Writes down that an attempt failed: the row waits for the next one, or lies with the dead letters after the last. */
export function makeFailedAttempt(needs: {
  plugin: string;
  database: Database;
  clock: Clock;
  random: () => number;
  log: Log;
  events: ConsumerEvents;
}) {
  const { database, clock, log } = needs;

  return async (row: InboxRow, error: unknown): Promise<void> => {
    const message = storableText(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    const attempts = row.attempts + 1;
    const seconds = error instanceof Hopeless ? undefined : secondsUntilRetry(attempts, needs.random);
    const { queue, handler } = row;
    const fields = { plugin: needs.plugin, queue, handler, event: row.event_id, attempts, err: error };
    const delivery = { type: row.envelope.type, queue, handler };
    const now = clock.now();
    if (seconds === undefined) {
      const parked = error instanceof UnknownVersion;
      const [letter] = await database.query(toDeadLetters, [row.id, row.lock_token, message, now.toString(), parked]);
      if (!letter) return;
      needs.events.died(delivery);
      log.error(fields, 'An event lies with the dead letters now');
    } else {
      const due = now.add({ milliseconds: Math.ceil(seconds * 1000) }).toString();
      const values = [row.id, row.lock_token, attempts, due, message, now.toString()] as const;
      const [kept] = await database.query(retryLater, [...values]);
      if (!kept) return;
      needs.events.failed(delivery);
      log.warn(fields, 'An event could not be handled and is tried again');
    }
  };
}
