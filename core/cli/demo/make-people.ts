import type { DemoOrganisation, DemoPerson } from '@task-connect/sdk';
import { makeAccounts } from '../../identity/accounts.ts';
import { makePasswords } from '../../identity/passwords.ts';
import { insertMember } from '../../people/membership/membership-table.ts';
import { insertOrganisation } from '../../people/organisation/organisation-table.ts';
import type { Platform } from '../../platform.ts';
import { addressOf, type CastOrganisation, type CastPerson, cast, demoOwner } from './cast.ts';

/**
 * Makes the organisations and people of the demo, as of `since`. Accounts are made as the command line makes them; only
 * their owner gets a password. Nobody is written to: an invitation would be a letter each.
 */
export async function makePeople(
  platform: Platform,
  since: Temporal.Instant,
  owner: { password: string; platformRoles: readonly string[] },
): Promise<DemoOrganisation[]> {
  const accounts = makeAccounts({ clock: { now: () => since }, passwords: makePasswords({}) });
  const database = platform.pools.database('users');
  const ids = new Map<string, string>();
  const passwordHash = await makePasswords({}).hash(owner.password);

  async function account({ name, zone, locale }: CastPerson, address: string): Promise<string> {
    const rights = address === demoOwner ? { passwordHash, platformRoles: owner.platformRoles } : {};
    const id = await database.transaction((tx) =>
      accounts.create(tx, { name, address, zone, locale, verified: true, ...rights }),
    );
    ids.set(name, id);
    return id;
  }

  async function organisation({ name, trade, domain, people, also }: CastOrganisation): Promise<DemoOrganisation> {
    const [made] = await database.query(insertOrganisation, [name, since.toString()]);
    const members: DemoPerson[] = [];
    const join = async (person: string, { role, ...who }: CastPerson) => {
      await database.query(insertMember, [made!.id, person, role, since.toString()]);
      members.push({ person, role, ...who, organisation: made!.id });
    };
    for (const each of people) await join(await account(each, addressOf(each.name, domain)), each);
    for (const [other, role] of Object.entries(also)) {
      const known = cast.flatMap((one) => one.people).find((one) => one.name === other)!;
      await join(ids.get(other)!, { ...known, role });
    }
    return { id: made!.id, name, trade, people: members };
  }

  const organisations: DemoOrganisation[] = [];
  for (const each of cast) organisations.push(await organisation(each));
  return organisations;
}
