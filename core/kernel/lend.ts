import { randomBytes } from 'node:crypto';
import type {
  Actor,
  Addresses,
  Cache,
  Clock,
  Context,
  Contract,
  DeclaredNotificationKind,
  Lent,
  LentStorage,
  Log,
  Mail,
  NotificationKind,
  OpenContext,
  Outside,
  People,
  PublishedEvent,
  Storage,
  Tx,
} from '@task-connect/sdk';
import { notificationRequested, notificationRequestedType, statement } from '@task-connect/sdk';
import type { OwnedTx } from '../database/unit-of-work.ts';
import { scheduleOneOff, unscheduleOneOff } from '../events/one-offs.ts';
import type { OutboxEntry } from '../events/outbox.ts';
import type { SecretStore } from '../secrets/secrets.ts';
import type { WorkScope } from './registry.ts';

// Makes what a handler is lent, bound to its plugin, its scope and its transaction. Events and hints are collected here
// and written by the kernel with the COMMIT, so that an author can neither forget the outbox nor get around it.

/** What is lent to all handlers of one plugin alike. */
export type Estate = {
  contract: Contract;
  settings: () => Record<string, unknown>;
  people: People;
  mail: Mail;
  cache: Cache;
  /** The store of secrets, as one that notes who reads. */
  secretsFor(plugin: string): Pick<SecretStore, 'read'>;
  storage: Storage;
  log: Log;
  clock: Clock;
  publicUrl: string;
  notificationKinds: () => readonly DeclaredNotificationKind[];
  /** Calls another plugin’s service. `inside`: a transaction is open, so only queries may be made. */
  call(
    caller: Contract,
    scope: WorkScope,
    inside: boolean,
    service: string,
    input: unknown,
    idempotencyKey?: string,
  ): Promise<unknown>;
};

const nobody = '00000000-0000-0000-0000-000000000000';

/** The actor of events and jobs: the plugin itself, in an organisation, for a person where there is one. */
export const pluginActor = (plugin: string, organisation = nobody, person = nobody): Actor => ({
  kind: 'plugin',
  plugin,
  person,
  organisation,
  role: 'owner',
  name: plugin,
  zone: 'UTC',
  locale: 'en',
  weekStart: 1,
  platformRoles: [],
  may: () => true,
});

// Files and cached values stand apart by plugin and by organisation, as rows do, so that an author who forgets the
// organisation in a key shows nothing of another one.
const storageOf = (storage: Storage, plugin: string, organisation: string): LentStorage => {
  const full = (key: string) => `${plugin}/${organisation}/${key}`;
  return {
    of: (other) => storageOf(storage, plugin, other),
    put: (key, body, contentType) => storage.put(full(key), body, contentType),
    get: (key) => storage.get(full(key)),
    delete: (key) => storage.delete(full(key)),
  };
};
const cacheOf = (cache: Cache, plugin: string, organisation: string): Cache => {
  const full = (name: string) => `${plugin}:${organisation}:${name}`;
  return {
    get: (key, ttl, make, tags = []) => cache.get(full(key), ttl, make, tags.map(full)),
    invalidate: (tag) => cache.invalidate(full(tag)),
  };
};

const addAddress = statement<[token: string, organisation: string, resource: string], unknown>(
  'tc.address.add',
  `insert into tc.address (address, organisation, resource) values (encode(sha256($1::bytea), 'hex'), $2, $3)`,
);
const removeAddresses = statement<[organisation: string, resource: string], unknown>(
  'tc.address.remove',
  'delete from tc.address where organisation = $1 and resource = $2',
);

const addressesIn = (tx: Tx, organisation: string): Addresses => ({
  async issue(resource) {
    const token = randomBytes(24).toString('base64url');
    await tx.query(addAddress, [token, organisation, resource]);
    return token;
  },
  async revoke(resource) {
    await tx.query(removeAddresses, [organisation, resource]);
  },
});

/** Each line bears the request and the trace, also in a handler of an event that the request published. */
function logOf(log: Log, { requestId, traceparent }: WorkScope): Log {
  const about = (fields: object) => ({ requestId, traceId: traceparent.slice(3, 35), ...fields });
  return {
    debug: (fields, message) => log.debug(about(fields), message),
    info: (fields, message) => log.info(about(fields), message),
    warn: (fields, message) => log.warn(about(fields), message),
    error: (fields, message) => log.error(about(fields), message),
  };
}

export function makeLender(estate: Estate) {
  const { contract, clock } = estate;
  const store = estate.secretsFor(contract.id);
  const secrets = {
    async read(path: string) {
      if (!path.startsWith('external-apis/') && !path.startsWith(`plugins/${contract.id}/`)) {
        throw new Error(
          `${contract.id} may read secrets below external-apis/ and plugins/${contract.id}/, not ${path}.`,
        );
      }
      return (await store.read(path))?.value;
    },
  };

  const lent = (scope: WorkScope, inside: boolean): Lent<Contract> => ({
    actor: scope.actor,
    settings: estate.settings() as never,
    people: estate.people,
    mail: estate.mail,
    cache: cacheOf(estate.cache, contract.id, scope.actor.organisation),
    secrets,
    storage: storageOf(estate.storage, contract.id, scope.actor.organisation),
    log: logOf(estate.log, scope),
    clock: scope.clock ?? clock,
    publicUrl: estate.publicUrl,
    resource: scope.resource,
    notificationKinds: estate.notificationKinds,
    call: ((service: string, input: unknown, options?: { idempotencyKey?: string }) =>
      estate.call(contract, scope, inside, service, input, options?.idempotencyKey)) as never,
  });

  function entryOf(
    scope: WorkScope,
    type: string,
    spec: Pick<PublishedEvent, 'version' | 'data'>,
    key: string,
    data: unknown,
  ): OutboxEntry {
    return {
      kind: 'event',
      type,
      version: spec.version,
      key,
      organisation: scope.actor.organisation,
      actor: scope.actor.person === nobody ? null : scope.actor.person,
      onBehalfOf: null,
      at: (scope.clock ?? clock).now().toString(),
      traceparent: scope.traceparent,
      data,
    };
  }

  function publishedSpec(type: string): PublishedEvent {
    const spec = contract.publishes?.[type];
    if (!spec) throw new Error(`${contract.id} does not declare that it publishes ${type}.`);
    return spec;
  }

  return {
    /** For a handler with a transaction. What it publishes is added to `entries`. */
    inside(tx: OwnedTx, scope: WorkScope, entries: OutboxEntry[]): Context<Contract> {
      tx.track(entries);
      /** What an author asked for happens with the transaction or fails it, also where nobody awaits it. */
      const certain =
        <Given extends unknown[]>(ask: (...given: Given) => Promise<void>) =>
        (...given: Given): Promise<void> => {
          const asked = ask(...given);
          asked.catch((error) => tx.fail(error));
          return asked;
        };
      const context: Context<Contract> = {
        ...lent(scope, true),
        tx: tx as Tx,
        addresses: addressesIn(tx, scope.actor.organisation),
        publish: certain(
          async (type: string, data: unknown, options?: { organisation?: string; onBehalfOf?: string }) => {
            const spec = publishedSpec(type);
            const parsed = spec.data.parse(data) as Record<string, unknown>;
            const entry = entryOf(scope, type, spec, String(parsed[spec.aggregate]), parsed);
            if (options?.organisation) entry.organisation = options.organisation;
            if (options?.onBehalfOf) entry.onBehalfOf = options.onBehalfOf;
            entries.push(entry);
          },
        ),
        schedule: certain(async (job: string, entry: { at: Temporal.Instant; key: string; data: unknown }) => {
          const spec = contract.oneOffs?.[job];
          if (!spec) throw new Error(`${contract.id} declares no one-off job ${job}.`);
          await scheduleOneOff(tx, {
            job,
            organisation: scope.actor.organisation,
            key: entry.key,
            actor: scope.actor.person === nobody ? null : scope.actor.person,
            at: entry.at.toString(),
            traceparent: scope.traceparent,
            data: spec.data.parse(entry.data) as Record<string, unknown>,
          });
        }),
        unschedule: certain(async (job: string, key: string) => {
          await unscheduleOneOff(tx, job, scope.actor.organisation, key);
        }),
        notify: certain(
          async (kind: string, given: { person: string; title: string; body?: string; link?: string; key: string }) => {
            const declared = contract.notifies?.[kind] as NotificationKind | undefined;
            if (!declared) throw new Error(`${contract.id} declares no kind of notification ${kind}.`);
            const data = notificationRequested.data.parse({
              person: given.person,
              plugin: contract.id,
              kind,
              kindTitle: declared.title,
              channels: declared.channels,
              urgent: declared.urgent ?? false,
              title: given.title,
              body: given.body ?? null,
              link: given.link ?? null,
              key: given.key,
            });
            entries.push({
              ...entryOf(scope, notificationRequestedType, notificationRequested, given.person, data),
              onBehalfOf: given.person,
            });
          },
        ),
        async live(hint) {
          entries.push({
            ...entryOf(scope, hint.type, { version: 1, data: undefined as never }, hint.type, hint.data ?? {}),
            kind: 'live',
            onBehalfOf: hint.person ?? null,
          });
        },
      };
      return context;
    },

    /** For a handler without one. */
    outside(
      scope: WorkScope,
      unitOfWork: <T>(work: (context: Context<Contract>) => Promise<T>) => Promise<T>,
      outside: Outside,
    ): OpenContext<Contract> {
      return { ...lent(scope, false), unitOfWork, outside };
    },
  };
}

export type Lender = ReturnType<typeof makeLender>;
