import { checkVersion, decodeCursor, notFound, pageOf, type Tx, toPage, z } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { withdrawSent } from '../invitation/withdraw-sent.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { Account, AccountPatch, AccountQuery, ChangedAccount, MadeAccount, NewAccount } from './person.ts';
import { LastAdministrator } from './person-problems.ts';
import { changeAccount, countAccounts, findAccount, listAccounts, lockAdministrators } from './person-table.ts';

// All accounts, for administrators. They see accounts and nothing of any organisation’s rows.

const cursorShape = z.tuple([z.string(), z.uuid()]);
export const welcomeDays = 7;
export const passwordLink = (publicUrl: string, token: string) => `${publicUrl}/oidc/reset?token=${token}`;

const listPeople = people.route({
  method: 'GET',
  path: '/people',
  summary: 'All accounts of the platform',
  permission: 'people:manage',
  query: AccountQuery,
  returns: pageOf(Account),
  async handle({ query }, { tx }) {
    const { text = null, active = null, verified = null, role = null } = query;
    const filter = [text, active, verified, role] as const;
    const [name = null, id = null] = decodeCursor(query.cursor, cursorShape) ?? [];
    const rows = await tx.query(listAccounts, [...filter, name, id, query.limit + 1]);
    const page = toPage(
      rows,
      query.limit,
      (row) => [row.sortName, row.id],
      ({ sortName: _, ...account }) => account,
    );
    return query.count ? { ...page, total: (await tx.query(countAccounts, [...filter]))[0]!.total } : page;
  },
});

const addPerson = (given: () => PeopleNeeds) =>
  people.route({
    method: 'POST',
    path: '/people',
    summary: 'Make an account; its person chooses a password by a mailed link',
    permission: 'people:manage',
    body: NewAccount,
    status: 201,
    returns: MadeAccount,
    async handle({ body, actor, address, requestId }, { tx, publish }) {
      const { accounts, oneTimeTokens, signsInHere, publicUrl, issuerPeople } = given().parts;
      const id = await accounts.create(tx, body);
      const link = signsInHere
        ? await oneTimeTokens.issue(tx, 'reset', { person: id, hours: welcomeDays * 24 })
        : undefined;
      await publish('person.created', { personId: id, linkId: link?.id ?? null });
      if (issuerPeople) await publish('person.administered', { personId: id, change: 'made' });
      await audited({ actor, address, requestId }, publish, { action: 'person.made', subject: id, after: body });
      const [account] = await tx.query(findAccount, [id]);
      return { ...account!, toDo: await toDo(issuerPeople), link: link ? passwordLink(publicUrl, link.token) : null };
    },
  });

/** Said at once, since no try of ours will come to it. */
const toDo = async (issuer: PeopleNeeds['parts']['issuerPeople']) =>
  issuer && !(await issuer.managed())
    ? 'This is done here and not where people sign in: the platform has no credential to manage people there. Do the same there.'
    : null;

const isAdministrator = (account: Pick<Account, 'active' | 'platformRoles'>) =>
  account.active && account.platformRoles.includes('administrator');

async function keepAnAdministrator(tx: Tx, before: Account, after: Pick<Account, 'active' | 'platformRoles'>) {
  if (!isAdministrator(before) || isAdministrator(after)) return;
  const administrators = await tx.query(lockAdministrators, []);
  if (!administrators.some(({ id }) => id !== before.id)) throw new LastAdministrator({});
}

const changePerson = (given: () => PeopleNeeds) =>
  people.route({
    method: 'PATCH',
    path: '/people/:personId',
    summary: 'Deactivate or reactivate an account, or change its platform roles',
    description:
      'Deactivating ends the sessions and revokes the tokens of the person at once, and withdraws the invitations that they sent.',
    permission: 'people:manage',
    body: AccountPatch,
    returns: ChangedAccount,
    async handle({ params, body, actor, ifMatch, address, requestId }, { tx, publish }) {
      const { personId: id } = params;
      const before = (await tx.query(findAccount, [id]))[0] ?? notFound('person', id);
      checkVersion('account', ifMatch, before.version);
      const after = { active: before.active, platformRoles: before.platformRoles, ...withoutUndefined(body) };
      await keepAnAdministrator(tx, before, after);
      await tx.query(changeAccount, [id, after.active, [...new Set(after.platformRoles)]]);
      const by = { actor, address, requestId };
      if (before.active && !after.active) {
        await given().parts.endings.ofPerson(tx, id, { tokens: true });
        await withdrawSent(by, { tx, publish }, { person: id });
      }
      const change = {
        action: 'person.changed',
        subject: id,
        before: { active: before.active, platformRoles: before.platformRoles },
        after,
      };
      await audited(by, publish, change);
      const { issuerPeople } = given().parts;
      const elsewhere = before.active === after.active ? undefined : issuerPeople;
      if (elsewhere) await publish('person.administered', { personId: id, change: 'active' });
      return { ...(await tx.query(findAccount, [id]))[0]!, toDo: await toDo(elsewhere) };
    },
  });

const withoutUndefined = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

export const accountRoutes = (given: () => PeopleNeeds) => [listPeople, addPerson(given), changePerson(given)];
