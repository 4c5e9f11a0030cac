import {
  type Actor,
  declareProblem,
  InvalidInput,
  type OrganisationRole,
  statement,
  useOf,
  z,
} from '@task-connect/sdk';
import type { Queries } from '../database/database.ts';
import { performService } from './call.ts';
import { ServiceOff } from './call-problems.ts';
import { pluginActor } from './lend.ts';
import { permissionsOf } from './permissions.ts';
import { pluginsOf, type Registry } from './registry.ts';
import { type ServiceClaims, ServiceTokenRefused, type ServiceTokens } from './service-token.ts';

// Where calls of other processes arrive. It promises that nobody enters without a service token of a process that serves
// the calling plugin, that this plugin declares the use, and that a person has no more rights here than in the
// organisation that they are in now.

export const ServiceNotDeclared = declareProblem<{ caller: string; service: string }>({
  type: 'service-not-declared',
  status: 403,
  title: 'The use is not declared',
  detail: ({ caller, service }) => `${caller} does not declare that it uses ${service}.`,
});

export type ServiceDoor = (request: {
  service: string;
  authorization: string | undefined;
  body: unknown;
  requestId: string;
  traceparent: string;
  deadlineMilliseconds: number;
}) => Promise<{ output: unknown }>;

type ActingRow = {
  name: string;
  zone: string;
  locale: string;
  weekStart: number;
  platformRoles: string[];
  role: OrganisationRole;
};

const actingPerson = statement<[person: string, organisation: string], ActingRow>(
  'service.acting-person',
  `select p.name, p.zone, p.locale, p.week_start as "weekStart", p.platform_roles as "platformRoles", m.role
   from person p join membership m on m.person_id = p.id where p.id = $1 and m.organisation_id = $2 and p.active
     and not exists (select 1 from identity i where i.person_id = p.id and i.suspended)`,
);

const Body = z.object({ input: z.unknown(), idempotencyKey: z.string().min(1).max(200).optional() });

export function makeServiceDoor(needs: {
  tokens: ServiceTokens;
  registry: () => Registry;
  /** The database of people. */
  people: Queries;
}): ServiceDoor {
  const { tokens, registry } = needs;

  async function actorOf({ caller, reach, actor }: ServiceClaims): Promise<Actor> {
    const { kind, person, organisation } = actor;
    // What a token says of its reach can never be more than what its kind of actor has here.
    const reaches = { person: ['member', 'public'], anonymous: ['public'], plugin: ['member', 'system'], operator: [] }[
      kind
    ];
    if (!(reaches as string[] | undefined)?.includes(reach))
      throw new ServiceTokenRefused({ reason: `A ${kind} has no reach ${reach}.` });
    if (kind === 'plugin') return pluginActor(caller, organisation, person);
    if (kind === 'anonymous')
      return {
        ...pluginActor(caller, organisation),
        kind,
        plugin: undefined,
        role: 'guest',
        name: '',
        may: () => false,
      };
    const [row] = await needs.people.query(actingPerson, [person, organisation]);
    if (!row) throw new ServiceTokenRefused({ reason: 'The person is not in that organisation, or not active.' });
    return {
      kind,
      person,
      organisation,
      ...row,
      may: (permission) =>
        permission === '*'
          ? actor.may.includes('*')
          : (actor.may.includes('*') || actor.may.includes(permission)) &&
            permissionsOf(registry(), row.role, row.platformRoles).has(permission),
    };
  }

  return async ({ service, authorization, body, requestId, traceparent, deadlineMilliseconds }) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (!token) throw new ServiceTokenRefused({ reason: 'A service token is needed.' });
    const provider = registry().active.find(({ plugin }) => service in (plugin.contract.offers ?? {}));
    if (!provider) throw new ServiceOff({ service });
    const claims = await tokens.verify(token, provider.id, service);
    const caller = pluginsOf(registry()).find(({ id }) => id === claims.caller)?.plugin.contract;
    const use = caller && useOf(caller, service);
    if (!caller || !use) throw new ServiceNotDeclared({ caller: claims.caller, service });
    const parsed = Body.safeParse(body);
    const { input, idempotencyKey } = parsed.data ?? {};
    if (!parsed.success || (use.kind === 'command') !== (idempotencyKey !== undefined))
      throw new InvalidInput({
        errors: [{ pointer: '', detail: 'An input is needed, and an idempotencyKey for a command only.' }],
      });
    const scope = { actor: await actorOf(claims), reach: claims.reach, requestId, traceparent };
    const given = { provider, caller, use, service, scope, input, idempotencyKey };
    return { output: await performService(given, deadlineMilliseconds) };
  };
}
