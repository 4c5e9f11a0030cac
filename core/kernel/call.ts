import { type Contract, type Plugin, useOf } from '@task-connect/sdk';
import { faultsOfReading } from '../events/compatibility.ts';
import { ServiceOff, ServiceTooSlow } from './call-problems.ts';
import type { ActivePlugin, PluginElsewhere, Registry, WorkScope } from './registry.ts';
import type { RemoteCall } from './remote-call.ts';

// Calls between plugins, by the services that one offers and another uses. The provider works in its own transaction,
// never atomic with the caller's, and has a deadline. Where it runs is not the caller's business: here, or in another
// process (remote-call.ts).

const deadline = 10_000;

const offering = <P extends PluginElsewhere>(plugins: readonly P[], service: string): P | undefined =>
  plugins.find(({ plugin }) => service in (plugin.contract.offers ?? {}));

/** Calls are given up after `deadlineMilliseconds`; what the provider does then still ends by itself, and counts as in flight. */
export const makeCall =
  (registry: () => Registry, deadlineMilliseconds = deadline, remote?: RemoteCall) =>
  async (
    caller: Contract,
    scope: WorkScope,
    inside: boolean,
    service: string,
    input: unknown,
    idempotencyKey?: string,
  ): Promise<unknown> => {
    const use = useOf(caller, service);
    if (!use) throw new Error(`${caller.id} does not declare that it uses ${service}.`);
    if (inside && use.kind === 'command') {
      throw new Error(`${service} is a command: call it outside of the transaction, with an idempotencyKey.`);
    }
    if (use.kind === 'command' && !idempotencyKey) throw new Error(`${service} is a command: give an idempotencyKey.`);
    if (use.kind === 'query' && idempotencyKey)
      throw new Error(`${service} is a query, which changes nothing: leave the idempotencyKey out.`);
    const { active, elsewhere = [] } = registry();
    const provider = offering(active, service);
    if (provider) {
      const given = { provider, caller, use, service, scope, input, idempotencyKey };
      return performService(given, deadlineMilliseconds);
    }
    const there = offering(elsewhere, service);
    if (!there || !remote) throw new ServiceOff({ service });
    const { offers, permissions } = there.plugin.contract;
    const offer = offers![service]!;
    const output = await remote({
      caller: caller.id,
      provider: there.id,
      permissions: Object.keys(permissions ?? {}),
      service,
      kind: use.kind,
      input: offer.input.parse(use.input.parse(input)),
      idempotencyKey,
      scope,
      deadlineMilliseconds,
    });
    return use.output.parse(output);
  };

/** Has the plugin that is here do it, in its own transaction. */
export async function performService(
  given: {
    provider: ActivePlugin;
    caller: Contract;
    use: NonNullable<Contract['uses']>[string];
    service: string;
    scope: WorkScope;
    input: unknown;
    idempotencyKey: string | undefined;
  },
  deadlineMilliseconds: number,
): Promise<unknown> {
  const { provider, caller, use, service, scope, idempotencyKey } = given;
  const offer = provider.plugin.contract.offers![service]!;
  const offered = provider.plugin.parts.services?.find((each) => each.name === service);
  if (!offered) throw new Error(`${provider.id} declares ${service} but has no service for it.`);
  const input = offer.input.parse(use.input.parse(given.input));
  const leave = provider.enter();
  if (!leave) throw new ServiceOff({ service });
  const answer = provider.unitOfWork(
    {
      ...scope,
      readOnly: use.kind === 'query',
      idempotency: idempotencyKey
        ? { key: `${caller.id}:${service}:${idempotencyKey}`, fingerprint: JSON.stringify(input) }
        : undefined,
    },
    (context) => offered.handle(input as never, context as never),
  );
  answer.then(leave, leave);
  return use.output.parse(
    offer.output.parse(await within(deadlineMilliseconds, answer, () => new ServiceTooSlow({ service }))),
  );
}

async function within<T>(milliseconds: number, work: Promise<T>, tooLate: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What stands against a plugin’s contract beside those that are on; a sentence each. */
export function contractFaults(plugin: Plugin, others: readonly Contract[]): string[] {
  const { contract, parts } = plugin;
  const faults: string[] = [];
  for (const [service, use] of Object.entries(contract.uses ?? {})) {
    const provider = others.find((other) => service in (other.offers ?? {}));
    const offer = provider?.offers?.[service];
    if (!provider || !offer) continue;
    if (offer.kind !== use.kind)
      faults.push(`${service} is a ${offer.kind} of ${provider.id}, and is used as a ${use.kind}.`);
    for (const fault of faultsOfReading(use.input, offer.input))
      faults.push(`${provider.id} cannot read the input of ${service}: ${fault}.`);
    for (const fault of faultsOfReading(offer.output, use.output))
      faults.push(`${provider.id} gives another output of ${service}: ${fault}.`);
  }
  for (const [type, handled] of Object.entries(contract.handles ?? {})) {
    for (const publisher of [...others, contract]) {
      const published = publisher.publishes?.[type];
      if (!published) continue;
      // A newer version than is known is parked when it comes; a contract that reads a newer one is ahead of its time.
      if (handled.version > published.version)
        faults.push(
          `${publisher.id} publishes version ${published.version} of ${type}, and ${handled.version} is read.`,
        );
      else if (handled.version === published.version) {
        for (const fault of faultsOfReading(published.data, handled.data))
          faults.push(`${type} of ${publisher.id}: ${fault}.`);
      }
    }
  }
  for (const handler of parts.handlers ?? []) {
    if (!(handler.event in (contract.handles ?? {}))) faults.push(`It handles ${handler.event} without declaring it.`);
  }
  const names = (parts.handlers ?? []).map((handler) => handler.name);
  for (const name of names.filter((each, i) => names.indexOf(each) !== i))
    faults.push(`Two handlers are named ${name}.`);
  return faults;
}
