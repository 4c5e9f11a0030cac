import type { Contract } from '@task-connect/sdk';

// What only one plugin may have. Two that declare one permission would give it to the roles of both; two that offer one
// service or publish one event could each pass for the other. Pure.

type Claim = { what: string; of: (contract: Contract) => readonly string[]; clash?: (a: string, b: string) => boolean };

const within = (a: string, b: string) => a === b || a.startsWith(`${b}/`);
const keys = (record: object | undefined) => Object.keys(record ?? {});

const claims: readonly Claim[] = [
  { what: 'the path', of: ({ paths }) => paths, clash: (a, b) => within(a, b) || within(b, a) },
  { what: 'the permission', of: ({ permissions }) => keys(permissions) },
  { what: 'the service', of: ({ offers }) => keys(offers) },
  { what: 'the event', of: ({ publishes }) => keys(publishes) },
];

/** What a plugin claims although another has it: the sentence for the second of them. */
export function claimConflict(contract: Contract, others: readonly Contract[]): string | undefined {
  for (const { what, of, clash = (a: string, b: string) => a === b } of claims) {
    for (const other of others) {
      if (other.id === contract.id) continue;
      const taken = of(other).find((theirs) => of(contract).some((ours) => clash(ours, theirs)));
      if (taken !== undefined)
        return `${contract.id} and ${other.id} both claim ${what} ${taken}. One of them must give it up.`;
    }
  }
  return undefined;
}
