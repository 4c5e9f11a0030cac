import type { Contract } from '@task-connect/sdk';

// Which plugin needs which: by the services that one uses and another offers. Pure.

export type Ordered = {
  /** Providers before those who use them. */
  order: string[];
  /** Why a plugin cannot be on, by its id. */
  faults: Map<string, string>;
};

const requiredUses = (contract: Contract) =>
  Object.entries(contract.uses ?? {})
    .filter(([, use]) => !use.optional)
    .map(([service]) => service);

/** Orders plugins; a missing provider or a circle is explained at each plugin that it stops. */
export function orderPlugins(contracts: readonly Contract[]): Ordered {
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  const providerOf = new Map<string, string>();
  for (const contract of contracts)
    for (const service of Object.keys(contract.offers ?? {})) providerOf.set(service, contract.id);

  const order: string[] = [];
  const faults = new Map<string, string>();
  const visiting: string[] = [];

  function visit(id: string): void {
    if (order.includes(id) || faults.has(id)) return;
    if (visiting.includes(id)) {
      const circle = [...visiting.slice(visiting.indexOf(id)), id].join(' → ');
      for (const each of visiting.slice(visiting.indexOf(id))) {
        faults.set(each, `It is part of a circle of required uses: ${circle}. Make one of them optional.`);
      }
      return;
    }
    visiting.push(id);
    for (const service of requiredUses(byId.get(id)!)) {
      const provider = providerOf.get(service);
      if (provider === undefined) {
        faults.set(
          id,
          `It needs the service ${service}, which no plugin that is on offers. Enable one that does first.`,
        );
      } else if (provider !== id) {
        visit(provider);
        const fault = faults.get(provider);
        if (fault && !faults.has(id)) faults.set(id, `It needs ${provider}, which cannot be on: ${fault}`);
      }
    }
    visiting.pop();
    if (!faults.has(id)) order.push(id);
  }

  for (const id of [...byId.keys()].sort()) visit(id);
  return { order, faults };
}

/** The plugins that stop working when one goes, directly or through others. */
export function dependentsOf(id: string, contracts: readonly Contract[]): string[] {
  const found = new Set<string>();
  let grew = true;
  while (grew) {
    grew = false;
    for (const contract of contracts) {
      if (found.has(contract.id) || contract.id === id) continue;
      const lost = contracts
        .filter((other) => other.id === id || found.has(other.id))
        .flatMap((other) => Object.keys(other.offers ?? {}));
      if (requiredUses(contract).some((service) => lost.includes(service))) {
        found.add(contract.id);
        grew = true;
      }
    }
  }
  return [...found].sort();
}
