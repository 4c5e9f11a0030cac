import { type Clock, type Context, type Contract, notFound, type OpenContext, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { OwnedTx, UnitOfWork } from '../database/unit-of-work.ts';
import { deferOutbox, type OutboxEntry } from '../events/outbox.ts';
import { continueTrace, traceparentOf } from '../observability/trace.ts';
import { onceByKey } from './idempotency.ts';
import { type Lender, pluginActor } from './lend.ts';
import { makeOutside } from './outside-effect.ts';
import type { ActivePlugin, WorkScope } from './registry.ts';

// How the code of a plugin comes to work: for whom, with a transaction or without one, and what it published goes with
// the commit. Requests, calls, events and jobs all come through here.

export type Workplace = {
  /** In one transaction. */
  run: ActivePlugin['unitOfWork'];
  /** Without one. */
  open: ActivePlugin['open'];
  /** In a transaction that is there already. */
  within<T>(tx: OwnedTx, scope: WorkScope, work: (context: Context<Contract>) => Promise<T>): Promise<T>;
  /** For events and jobs: as the plugin itself, in an organisation, for a person where there is one. */
  ownScope(origin: {
    organisation?: string;
    person?: string;
    traceparent?: string | null;
    requestId: string;
    reach?: 'member' | 'system';
  }): WorkScope;
};

const findAddress = statement<[address: string], { organisation: string; resource: string | null }>(
  'tc.address.find',
  `select organisation, resource from tc.address where address = $1 or address = encode(sha256($1::bytea), 'hex')`,
);

export function makeWorkplace(needs: {
  plugin: string;
  database: Database;
  unitOfWork: UnitOfWork;
  lender: Lender;
  clock: Clock;
  /** Told what was published, once that is certain. */
  published: (entries: readonly OutboxEntry[]) => void;
}): Workplace {
  const { plugin, database, unitOfWork, lender, clock } = needs;
  const outside = makeOutside(database, clock);

  const within: Workplace['within'] = async (tx, scope, work) => {
    const entries: OutboxEntry[] = [];
    const result = await work(lender.inside(tx, scope, entries));
    if (entries.length > 0) {
      deferOutbox(tx, entries);
      tx.afterCommit(() => needs.published(entries));
    }
    return result;
  };

  /** A public route’s organisation is the one of its address. */
  async function atAddress(scope: WorkScope): Promise<WorkScope> {
    if (scope.publicAddress === undefined) return scope;
    const { publicAddress, ...rest } = scope;
    const [found] = await database.query(findAddress, [publicAddress]);
    if (!found) notFound('page', publicAddress);
    const actor = { ...scope.actor, organisation: found.organisation };
    return { ...rest, actor, ...(found.resource !== null && { resource: found.resource }) };
  }

  const run: Workplace['run'] = async (given, work) => {
    const scope = given.publicAddress === undefined ? given : await atAddress(given);
    const { actor, idempotency, reach, readOnly, resource } = scope;
    return unitOfWork(
      { organisation: actor.organisation, person: actor.person, reach, readOnly, resource },
      async (tx) => {
        if (!idempotency) return within(tx, scope, work);
        return onceByKey(
          tx,
          { person: actor.person, organisation: actor.organisation, at: clock.now().toString(), ...idempotency },
          () => within(tx, scope, work),
        );
      },
    );
  };

  return {
    run,
    within,
    async open<T>(given: WorkScope, work: (context: OpenContext<Contract>) => Promise<T>) {
      const scope = await atAddress(given);
      return work(lender.outside(scope, (inner) => run(scope, inner), outside));
    },
    ownScope: ({ organisation, person, reach = 'member', requestId, traceparent }) => ({
      actor: pluginActor(plugin, organisation, person),
      reach,
      requestId,
      traceparent: traceparentOf(continueTrace(traceparent ?? undefined)),
    }),
  };
}
