import { checkVersion, notFound, z } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import { insertMember } from '../membership/membership-table.ts';
import { asCore } from '../reach.ts';
import { NewOrganisation, Organisation, OwnOrganisation } from './organisation.ts';
import {
  findOrganisation,
  insertOrganisation,
  lockOrganisation,
  organisationsOf,
  renameOrganisation,
} from './organisation-table.ts';

const listOrganisations = people.route({
  method: 'GET',
  path: '/organisations',
  summary: 'One’s own organisations, the personal one first',
  permission: 'signed-in',
  returns: z.object({ items: z.array(OwnOrganisation) }),
  handle: async ({ actor }, { tx }) => ({ items: await tx.query(organisationsOf, [actor.person]) }),
});

const addOrganisation = people.route({
  method: 'POST',
  path: '/organisations',
  summary: 'Make an organisation and be its owner',
  permission: 'account:manage',
  body: NewOrganisation,
  status: 201,
  returns: Organisation,
  async handle({ body, actor, address, requestId }, { tx, publish, clock }) {
    const now = clock.now().toString();
    const organisation = await asCore(tx, async () => {
      const [made] = await tx.query(insertOrganisation, [body.name, now]);
      await tx.query(insertMember, [made!.id, actor.person, 'owner', now]);
      return made!;
    });
    const after = { name: organisation.name };
    await audited({ actor, address, requestId }, publish, {
      action: 'organisation.made',
      subject: organisation.id,
      after,
    });
    return organisation;
  },
});

const readOrganisation = people.route({
  method: 'GET',
  path: '/organisations/:organisationId',
  summary: 'One of one’s own organisations',
  permission: 'signed-in',
  returns: Organisation,
  async handle({ params, actor }, { tx }) {
    const [found] = await tx.query(findOrganisation, [params.organisationId, actor.person]);
    return found ?? notFound('organisation', params.organisationId);
  },
});

const changeOrganisation = people.route({
  method: 'PATCH',
  path: '/organisations/:organisationId',
  summary: 'Rename the organisation that one acts in',
  permission: 'organisation:manage',
  body: NewOrganisation,
  returns: Organisation,
  async handle({ params, body, actor, ifMatch, address, requestId }, { tx, publish }) {
    const { organisationId: id } = params;
    const before = (await tx.query(lockOrganisation, [id, actor.organisation]))[0] ?? notFound('organisation', id);
    checkVersion('organisation', ifMatch, before.version);
    const [after] = await tx.query(renameOrganisation, [id, body.name]);
    const change = { action: 'organisation.renamed', subject: id, before: { name: before.name }, after: body };
    await audited({ actor, address, requestId }, publish, change);
    return after!;
  },
});

export const organisationRoutes = [listOrganisations, addOrganisation, readOrganisation, changeOrganisation];
