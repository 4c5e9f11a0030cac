import type { Clock } from '@task-connect/sdk';
import { type Database, isConnectionLost } from '../database/database.ts';
import type { OwnedTx, UnitOfWork } from '../database/unit-of-work.ts';
import { claimInTransaction, findReady, finishInTransaction, type InboxRow, removeFromInbox } from './inbox.ts';

// Events whose handlers work in a transaction: the effects and the note that they are done commit together. Where many
// wait and their handlers are quick, several of them share one transaction, since its beginning and its COMMIT cost more
// than such a handler. One of them that throws takes the others back with it; then each has a transaction of its own.

export const nobody = '00000000-0000-0000-0000-000000000000';

/** How many share a transaction at most, and when no further one is taken into it. */
const most = 32;
const budgetMilliseconds = 15;
/** A handler slower than this waits for something: then several at once are better than one after the other. */
const quickMilliseconds = 5;

/** One call does what is due next, alone or a batch of it; false when nothing is. */
export function makeTransactionalWork(needs: {
  database: Database;
  unitOfWork: UnitOfWork;
  clock: Clock;
  /** The names of the handlers that work so. */
  handlers: readonly string[];
  handle(row: InboxRow, tx: OwnedTx): Promise<void>;
  handled(row: InboxRow): void;
  failed(row: InboxRow, error: unknown): Promise<void>;
}): () => Promise<boolean> {
  const handlers = [...needs.handlers];
  const now = () => needs.clock.now().toString();

  // What was found is shared by the workers; they look again when it is used up.
  let found: number[] = [];
  let looking: Promise<void> | undefined;
  /** Those that failed together: each is done alone. */
  const alone: number[] = [];
  let batch: Promise<void> | undefined;
  let typical = 0;

  async function look(): Promise<void> {
    looking ??= needs.database
      .query(findReady, [handlers, now()])
      .then((rows) => {
        found = rows.map(({ id }) => id);
      })
      .finally(() => {
        looking = undefined;
      });
    await looking;
  }

  function take(): number[] {
    const single = alone.shift();
    if (single !== undefined) return [single];
    const together = !batch && typical < quickMilliseconds;
    return found.splice(0, together ? most : 1);
  }

  async function handleOne(row: InboxRow, tx: OwnedTx): Promise<void> {
    const began = performance.now();
    try {
      await needs.handle(row, tx);
    } finally {
      typical = typical * 0.9 + (performance.now() - began) * 0.1;
    }
  }

  async function handleTogether(ids: number[]): Promise<void> {
    let at: InboxRow | undefined;
    let left: InboxRow[] = [];
    const done: InboxRow[] = [];
    const began = performance.now();
    const claimed: InboxRow[] = [];
    try {
      await needs.unitOfWork({ organisation: nobody, person: nobody, reach: 'system' }, async (tx) => {
        claimed.push(...(await tx.query(claimInTransaction, [handlers, now(), ids])));
        for (const [index, row] of claimed.entries()) {
          if (index > 0 && performance.now() - began > budgetMilliseconds) {
            left = claimed.slice(index);
            break;
          }
          at = row;
          if (row.done) tx.defer(removeFromInbox, [row.id]);
          // One that has failed before is likely to take the others back with it.
          else if (row.attempts > 0 && claimed.length > 1) alone.push(row.id);
          else {
            await handleOne(row, tx);
            done.push(row);
          }
        }
        if (done.length > 0) tx.defer(finishInTransaction, [done.map(({ id }) => id), now()]);
      });
    } catch (error) {
      // A database that is away is no fault of an event: the loop rests and comes back, and no attempt is counted.
      if (!at || isConnectionLost(error)) throw error;
      if (claimed.length > 1) alone.push(...claimed.map(({ id }) => id));
      else await needs.failed(at, error);
      return;
    }
    found.unshift(...left.map(({ id }) => id));
    for (const row of done) needs.handled(row);
  }

  return async () => {
    // Beside a batch of quick ones, single ones would wait for its rows and it for theirs.
    while (batch && typical < quickMilliseconds) await batch;
    if (found.length === 0 && alone.length === 0) await look();
    const ids = take();
    if (ids.length === 0) return false;
    const work = handleTogether(ids);
    if (ids.length > 1) {
      batch = work
        .catch(() => undefined)
        .finally(() => {
          batch = undefined;
        });
    }
    await work;
    // Somebody else may have had it; there may be more.
    return true;
  };
}
