import type { Socket } from 'node:net';
import type { Statement, Tx } from '@task-connect/sdk';
import type { Knex } from 'knex';
import type pg from 'pg';
import { boundKnex } from './bound-knex.ts';
import { isConnectionLost } from './connection-lost.ts';
import { whileHolding } from './nesting.ts';

// The unit of work: one transaction for a request, an event or a job, with the organisation, person and reach set that
// row-level security asks for. It promises that all of it commits or none, that what was lent cannot be used later, and
// that a commit that did not happen is noticed. It leaves to its caller what is done inside.
//
// Speed is won here (docs/performance.md): connections are pipelined, so BEGIN with its settings travels with the first
// statement, and what was deferred (outbox rows) with COMMIT; a request needs two round trips.

export type Scope = {
  organisation: string;
  person: string;
  reach: 'member' | 'public' | 'system' | 'operator';
  readOnly?: boolean;
  /** What the address of a public route stands for; policies are told of it where it is a row’s id. */
  resource?: string | undefined;
};

/** A transaction, with what its owner may do beyond what a handler may. */
export type OwnedTx = Tx & {
  /**
   * Sends this statement together with COMMIT. Those with a `place` go last and sorted by it, so that two transactions
   * which take the same locks there take them in one order.
   */
  defer<Values extends readonly unknown[]>(statement: Statement<Values, unknown>, values: Values, place?: string): void;
  /** Work for another organisation and person in this transaction; what it is lent is over when it settles. */
  within<T>(scope: Scope, work: (tx: OwnedTx) => Promise<T>): Promise<T>;
  /** Runs once the commit is certain. */
  afterCommit(then: () => void): void;
  /** What is added to this list in an attempt that fails is cut off again. */
  track(list: unknown[]): void;
  /** Fails the whole with this error, also where nobody awaits or somebody catches it. */
  fail(error: unknown): void;
};

export type UnitOfWork = <T>(scope: Scope, work: (tx: OwnedTx) => Promise<T>) => Promise<T>;

export class TransactionOver extends Error {
  override name = 'TransactionOver';
  constructor() {
    super('This transaction is over: await every statement before the handler returns.');
  }
}

const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One simple query, which costs less than set_config with parameters; only uuids and fixed words come into it. */
function settings({ organisation, person, reach, resource }: Scope): string {
  if (!isUuid.test(organisation) || !isUuid.test(person)) throw new Error('A scope needs uuids.');
  const set = `set local tc.organisation = '${organisation}'; set local tc.person = '${person}'; set local tc.reach = '${reach}'`;
  return resource !== undefined && isUuid.test(resource) ? `${set}; set local tc.resource = '${resource}'` : set;
}

/** What somebody was lent: when it is over, nothing more can be sent by it. */
type Loan = { pending: number; over: boolean };

type State = {
  client: pg.PoolClient;
  failure: unknown;
  savepoints: number;
  deferred: { statement: Statement<readonly unknown[], unknown>; values: readonly unknown[]; place: string }[];
  after: (() => void)[];
  tracked: unknown[][];
  doom: { error: unknown } | undefined;
};

const ignore = () => undefined;

function send<T>(
  state: State,
  loan: Loan,
  config: string | pg.QueryConfig,
  pick: (result: pg.QueryResult) => T,
): Promise<T> {
  const answer = new Promise<T>((resolve, reject) => {
    if (loan.over) throw new TransactionOver();
    loan.pending += 1;
    state.client.query(config as pg.QueryConfig, (error: Error | null, result: pg.QueryResult) => {
      loan.pending -= 1;
      if (error) {
        state.failure ??= error;
        reject(error);
      } else resolve(pick(result));
    });
  });
  // One that nobody awaits fails its transaction; unheard it would end the process, and with it all other plugins.
  answer.catch(ignore);
  return answer;
}

const whole = (result: pg.QueryResult) => result;
const rows = (result: pg.QueryResult) => result.rows;

/** For what travels ahead of other statements: its failure makes those fail, and is told at the commit. */
function sendAhead(state: State, text: string): void {
  state.client.query(text, (error: Error | null) => {
    if (error) state.failure ??= error;
  });
}

/** Ends a loan whose work is done, unless statements of it are still on their way. */
function end(loan: Loan): void {
  loan.over = true;
  if (loan.pending > 0)
    throw new Error(`The handler returned while ${loan.pending} of its statements ran: await each of them.`);
}

function lend(state: State, loan: Loan): OwnedTx {
  let knex: Knex | undefined;
  return {
    query(statement, values) {
      return send(
        state,
        loan,
        { name: statement.name, text: statement.text, values: values as unknown as unknown[] },
        rows,
      );
    },
    get knex() {
      knex ??= boundKnex((config) => send(state, loan, config, whole));
      return knex;
    },
    async attempt(work) {
      state.savepoints += 1;
      const name = `attempt_${state.savepoints}`;
      await send(state, loan, `savepoint ${name}`, whole);
      const { failure, doom } = state;
      const lengths = state.tracked.map((list) => list.length);
      try {
        const result = await work();
        await send(state, loan, `release savepoint ${name}`, whole);
        return result;
      } catch (error) {
        await send(state, loan, `rollback to savepoint ${name}`, whole);
        Object.assign(state, { failure, doom });
        for (const [index, length] of lengths.entries()) state.tracked[index]!.length = length;
        throw error;
      }
    },
    defer(statement, values, place = '') {
      state.deferred.push({ statement: statement as Statement<readonly unknown[], unknown>, values, place });
    },
    async within(scope, work) {
      const own: Loan = { pending: 0, over: false };
      sendAhead(state, settings(scope));
      try {
        const result = await work(lend(state, own));
        end(own);
        return result;
      } finally {
        own.over = true;
        // The whole then fails by what is still on its way, and its connection is not used again.
        loan.pending += own.pending;
      }
    },
    afterCommit(then) {
      state.after.push(then);
    },
    track(list) {
      state.tracked.push(list);
    },
    fail(error) {
      state.doom ??= { error };
    },
  };
}

const byPlace = (a: { place: string }, b: { place: string }) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0);

function commit(state: State): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const { statement, values } of state.deferred.sort(byPlace)) {
      state.client.query(
        { name: statement.name, text: statement.text, values: values as unknown[] },
        (error: Error | null) => {
          if (error) state.failure ??= error;
        },
      );
    }
    state.client.query('commit', (error: Error | null, result: pg.QueryResult) => {
      if (error) reject(error);
      // COMMIT of an aborted transaction answers ROLLBACK and no error.
      else if (result.command !== 'COMMIT') {
        reject(
          state.failure ?? new Error('An error was caught without tx.attempt(), so the transaction was rolled back.'),
        );
      } else resolve();
    });
  });
}

/** Statements that are issued in one turn go to the server in one write: a write to a socket costs more than a query’s own work. */
function together(client: pg.PoolClient): void {
  const socket = (client as unknown as { connection?: { stream?: Socket } }).connection?.stream;
  if (!socket) return;
  socket.cork();
  process.nextTick(() => socket.uncork());
}

export function makeUnitOfWork(connect: () => Promise<pg.PoolClient>): UnitOfWork {
  return async (scope, work) => {
    const begin = `begin${scope.readOnly ? ' read only' : ''}; ${settings(scope)}`;
    const client = await connect();
    const loan: Loan = { pending: 0, over: false };
    const state: State = {
      client,
      failure: undefined,
      savepoints: 0,
      deferred: [],
      after: [],
      tracked: [],
      doom: undefined,
    };
    state.tracked.push(state.deferred, state.after);
    let broken = false;
    let handedOn = false;
    try {
      together(client);
      sendAhead(state, begin);
      const result = await whileHolding(() => work(lend(state, loan)));
      end(loan);
      if (state.doom) throw state.doom.error;
      together(client);
      const committed = commit(state);
      if (scope.readOnly && state.failure === undefined && state.deferred.length === 0) {
        // Nothing can be lost by it, so the answer does not wait for its end; the connection does.
        handedOn = true;
        committed.then(
          () => client.release(),
          (error) => client.release(error),
        );
        return result;
      }
      await committed;
      for (const then of state.after) then();
      return result;
    } catch (error) {
      loan.over = true;
      broken ||= isConnectionLost(error) || loan.pending > 0;
      if (!broken) {
        broken = await new Promise<boolean>((resolve) =>
          client.query('rollback', (failed: Error | null) => resolve(failed !== null && failed !== undefined)),
        );
      }
      throw error;
    } finally {
      if (!handedOn) client.release(broken);
    }
  };
}
