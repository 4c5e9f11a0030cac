import { randomUUID } from 'node:crypto';
import type { Clock } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import { claimByLease, finishLeased, type InboxRow, removeLeased, renewLease } from './inbox.ts';

// Events whose handlers work without a transaction: a lease keeps others away, and is renewed while the handler runs.

const leaseSeconds = 60;

export type LeasedWork = Disposable & {
  /** Does one; false when nothing is due. */
  next(): Promise<boolean>;
};

export function makeLeasedWork(needs: {
  database: Database;
  clock: Clock;
  /** The names of the handlers that work so. */
  handlers: readonly string[];
  handle(row: InboxRow): Promise<void>;
  handled(row: InboxRow): void;
  failed(row: InboxRow, error: unknown): Promise<void>;
}): LeasedWork {
  const { database, clock } = needs;
  const handlers = [...needs.handlers];
  const now = () => clock.now().toString();
  const leaseEnd = () => clock.now().add({ seconds: leaseSeconds }).toString();

  // A handler that does not end must not keep its event from others for ever.
  const renewals = new Set<NodeJS.Timeout>();
  function renewing(row: InboxRow, token: string): Disposable {
    const renew = () => void database.query(renewLease, [row.id, token, leaseEnd()]).catch(() => undefined);
    const renewal = setInterval(renew, (leaseSeconds * 1000) / 3);
    renewals.add(renewal);
    return {
      [Symbol.dispose]() {
        clearInterval(renewal);
        renewals.delete(renewal);
      },
    };
  }

  return {
    async next() {
      const token = randomUUID();
      const [row] = await database.query(claimByLease, [handlers, now(), leaseEnd(), token]);
      if (!row) return false;
      if (row.done) {
        await database.query(removeLeased, [row.id, token]);
        return true;
      }
      using _ = renewing(row, token);
      try {
        await needs.handle(row);
        await database.query(finishLeased, [row.id, token, now()]);
        needs.handled(row);
      } catch (error) {
        await needs.failed(row, error);
      }
      return true;
    },
    [Symbol.dispose]() {
      for (const renewal of renewals) clearInterval(renewal);
    },
  };
}
