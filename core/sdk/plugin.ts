import type { z } from 'zod';
import { type AgendaItem, type AgendaQuestion, agendaService, agendaServiceOf } from './agenda.ts';
import type {
  Actor,
  Addresses,
  Cache,
  Clock,
  EventOf,
  LentStorage,
  LiveHint,
  Log,
  Mail,
  OrganisationRole,
  Outside,
  People,
  Secrets,
  Tx,
} from './context.ts';

// The plugin API. A contract names things with schemas; work is declared against it; `plugin()` gathers. Types tie
// the three together, so a misspelt event, permission or field is a compile error in the author's own line.

/** One of the hues of the console; a plugin never names a colour value. */
export type Hue = 'cobalt' | 'mustard' | 'plum' | 'rust' | 'slate' | 'moss' | 'iris' | 'stone';

/** Either a role in the organisation (the lowest that has it) or a role on the platform. */
export type Permission = { title: string } & ({ role: OrganisationRole } | { platformRole: 'administrator' });

export type PublishedEvent = {
  /** Grows with an incompatible change of `data`. */
  version: number;
  /** The field of `data` that names the aggregate: events of one aggregate are handled in order. */
  aggregate: string;
  data: z.ZodObject;
};

export type HandledEvent = {
  version: number;
  /** The queue’s name; without it `<plugin>.<event>`. */
  queue?: string;
  /** Only the fields that are read. */
  data: z.ZodObject;
};

/** `query` changes nothing and may be called inside a transaction; `command` may not. */
export type Service = { kind: 'query' | 'command'; input: z.ZodObject; output: z.ZodObject };

export type Channel = 'in-app' | 'email';

export type DeclaredNotificationKind = NotificationKind & { plugin: string; kind: string };

export type NotificationKind = { title: string; channels: readonly Channel[]; urgent?: boolean };

/** A kind of thing in an agenda, in the hue of its plugin unless it has its own. */
export type AgendaKind = { title: string; hue?: Hue };

export type Contract = {
  /** Also the name of its database, of its role `<id>_user` and of its secret `databases/<id>`. */
  id: string;
  title: string;
  hue?: Hue;
  /** A Tabler icon’s name. */
  icon?: string;
  /** Prefixes below /api that are its own. */
  paths: readonly string[];
  database?: { extensions?: readonly string[] };
  permissions?: Record<string, Permission>;
  settings?: z.ZodObject;
  publishes?: Record<string, PublishedEvent>;
  handles?: Record<string, HandledEvent>;
  offers?: Record<string, Service>;
  uses?: Record<string, Service & { optional?: boolean }>;
  /** One-off jobs: work at a time, with data. */
  oneOffs?: Record<string, { data: z.ZodObject }>;
  /** Kinds of notification it sends; a person chooses the channels of each. */
  notifies?: Record<string, NotificationKind>;
  /** What it adds to a person’s agenda; `plugin.agenda(…)` gives it. */
  agenda?: Record<string, AgendaKind>;
  /** Points at which it asks all other plugins. */
  asks?: readonly 'agenda'[];
};

type Keys<T> = keyof T & string;
type Of<C extends Contract, K extends keyof Contract> = NonNullable<C[K]>;

export type Publish<C extends Contract> = <Type extends Keys<Of<C, 'publishes'>>>(
  type: Type,
  data: Of<C, 'publishes'>[Type] extends PublishedEvent ? z.input<Of<C, 'publishes'>[Type]['data']> : never,
  /** An event with two parties is published once for each. */
  options?: { organisation?: string; onBehalfOf?: string },
) => Promise<void>;

export type Schedule<C extends Contract> = <Name extends Keys<Of<C, 'oneOffs'>>>(
  job: Name,
  entry: {
    at: Temporal.Instant;
    /** The same key again moves the entry. */
    key: string;
    data: Of<C, 'oneOffs'>[Name] extends { data: infer Data }
      ? Data extends z.ZodObject
        ? z.input<Data>
        : never
      : never;
  },
) => Promise<void>;

export type Call<C extends Contract> = <Name extends Keys<Of<C, 'uses'>>>(
  service: Name,
  input: Of<C, 'uses'>[Name] extends Service ? z.input<Of<C, 'uses'>[Name]['input']> : never,
  /** A command needs one; the same key again has no second effect. */
  options?: { idempotencyKey?: string },
) => Promise<Of<C, 'uses'>[Name] extends Service ? z.output<Of<C, 'uses'>[Name]['output']> : never>;

export type Notify<C extends Contract> = (
  kind: Keys<Of<C, 'notifies'>>,
  notification: {
    person: string;
    title: string;
    body?: string;
    /** A path of the console, `/tasks/…`. */
    link?: string;
    /** The same key again for the same person is the same notification. */
    key: string;
  },
) => Promise<void>;

/** Lent with and without a transaction. */
export type Lent<C extends Contract> = {
  actor: Actor;
  settings: C['settings'] extends z.ZodObject ? z.output<C['settings']> : Record<string, never>;
  people: People;
  mail: Mail;
  cache: Cache;
  secrets: Secrets;
  storage: LentStorage;
  call: Call<C>;
  log: Log;
  clock: Clock;
  /** The address that people type, without a slash at its end; a page of the console is `${publicUrl}/tasks`. */
  publicUrl: string;
  /** Of a public route: what its address stands for. */
  resource: string | undefined;
  /** What all plugins that are on may notify of. */
  notificationKinds(): readonly DeclaredNotificationKind[];
};

/** Lent inside the unit of work: all of it commits together, or none. */
export type Context<C extends Contract> = Lent<C> & {
  tx: Tx;
  publish: Publish<C>;
  schedule: Schedule<C>;
  unschedule(job: Keys<Of<C, 'oneOffs'>>, key: string): Promise<void>;
  notify: Notify<C>;
  addresses: Addresses;
  /** Tells open consoles, after the commit, that something changed. */
  live(hint: LiveHint): Promise<void>;
};

/** Lent outside of any transaction; `unitOfWork` opens one when it is needed. */
export type OpenContext<C extends Contract> = Lent<C> & {
  unitOfWork<T>(work: (context: Context<C>) => Promise<T>): Promise<T>;
  outside: Outside;
};

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Inferred<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
// biome-ignore lint/suspicious/noConfusingVoidType: a handler without `returns` gives nothing back
type Returned<Schema> = Schema extends z.ZodType ? z.input<Schema> : void;

/** How a request proved who sends it. */
export type RequestCredential =
  | { kind: 'session'; sessionId: string }
  | { kind: 'personal-token'; tokenId: string }
  | { kind: 'access-token' | 'none' };

export type RequestOf<Path extends string, Params, Query, Body> = {
  /** Those of the path; a uuid each unless `params` says otherwise. */
  params: Params extends z.ZodType ? z.output<Params> : { [Name in ParamNames<Path>]: string };
  query: Inferred<Query>;
  body: Inferred<Body>;
  actor: Actor;
  /** For the few that ask more than what the actor may: which session this is, how long this token lives. */
  credential: RequestCredential;
  /** The version that the client read (If-Match), for `checkVersion`. */
  ifMatch: number | undefined;
  requestId: string;
  /** The client’s network address. */
  address: string;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type RouteShape<C extends Contract, Path extends string, Params, Query, Body, Returns> = {
  method: Method;
  path: Path;
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Takes text/plain as well: makes of it what `body` reads. */
  plainText?(text: string): unknown;
  /** How large a body may be (1 MiB). */
  mostBytes?: number;
  /** 200, or 204 without `returns`. */
  status?: 200 | 201 | 202 | 204;
  /** The response’s schema. A field `version: number` in it becomes the ETag. */
  returns?: Returns;
  /** `required`: without If-Match the answer is 428. */
  ifMatch?: 'required';
  handle(request: RequestOf<Path, Params, Query, Body>, context: Context<C>): Promise<Returned<Returns>>;
};

/** `signed-in`: whoever has logged in, in any role. */
export type PermissionName<C extends Contract> = Keys<Of<C, 'permissions'>> | 'signed-in';

export type StreamBody = {
  status?: number;
  headers: Record<string, string>;
  body: Uint8Array | AsyncIterable<Uint8Array | string>;
};

/** What the kernel reads; made by the builders, never by hand. */
export type Route = {
  kind: 'route' | 'stream';
  method: Method;
  path: string;
  summary: string;
  description?: string;
  /** null: open to everybody, for the `reason`. */
  permission: string | null;
  reason?: string;
  /** How a public route finds its organisation: the path parameter that is looked up in the plugin’s addresses. */
  address?: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** The body is taken as it is. */
  takesBytes?: boolean;
  plainText?(text: string): unknown;
  mostBytes?: number;
  status?: number;
  returns?: z.ZodType;
  ifMatch?: 'required';
  handle(request: never, context: never): Promise<unknown>;
};

export type Handler = {
  event: string;
  name: string;
  /** Runs without an open transaction, under a lease. */
  outside: boolean;
  handle(event: never, context: never): Promise<void>;
};

export type Job = {
  name: string;
  title: string;
  /** Five fields, or six with seconds first. */
  cron: string;
  /** IANA name; UTC when left out. */
  zone?: string;
  /** After a stop: once for all missed runs, each of them, or none. */
  late: 'run-once' | 'run-all' | 'skip';
  /** `organisation`: once for each, within it. `platform`: once, with reach system. */
  per: 'platform' | 'organisation';
  /** After so long without an end its lock is taken back (600). */
  timeoutSeconds?: number;
  run(run: { at: Temporal.Instant }, context: never): Promise<void>;
};

export type OneOff = { job: string; handle(entry: never, context: never): Promise<void> };

export type OfferedService = { name: string; handle(input: never, context: never): Promise<unknown> };

export type Start = { name: string; start(context: never): Promise<AsyncDisposable> };

export type PluginParts = {
  /** Folder of migrations, a file each. */
  migrations?: URL;
  routes?: readonly Route[];
  handlers?: readonly Handler[];
  jobs?: readonly Job[];
  oneOffs?: readonly OneOff[];
  services?: readonly OfferedService[];
  starts?: readonly Start[];
  /** The entry of its screens. */
  screens?: URL;
  /** The module whose `demo` (see Demo) fills an installation for a look; loaded by `demo seed` alone. */
  demo?: URL;
};

export type Plugin = { contract: Contract; parts: PluginParts };

export type DeclaredPlugin<C extends Contract> = {
  readonly contract: C;

  /** A route below /api; validated, documented, authorised, in one transaction. */
  route<
    const Path extends string,
    Params extends z.ZodType | undefined = undefined,
    Query extends z.ZodType | undefined = undefined,
    Body extends z.ZodType | undefined = undefined,
    Returns extends z.ZodType | undefined = undefined,
  >(route: RouteShape<C, Path, Params, Query, Body, Returns> & { permission: PermissionName<C> }): Route;

  /** A route without login; says why, and which path parameter names the address of its organisation. */
  publicRoute<
    const Path extends string,
    Params extends z.ZodType | undefined = undefined,
    Query extends z.ZodType | undefined = undefined,
    Body extends z.ZodType | undefined = undefined,
    Returns extends z.ZodType | undefined = undefined,
  >(route: RouteShape<C, Path, Params, Query, Body, Returns> & { reason: string; address: ParamNames<Path> }): Route;

  /** A response that is not JSON: a file or an endless stream. Runs without an open transaction. */
  stream<const Path extends string, Query extends z.ZodType | undefined = undefined>(stream: {
    path: Path;
    summary: string;
    permission: PermissionName<C>;
    query?: Query;
    handle(
      request: RequestOf<Path, undefined, Query, undefined> & { headers: Record<string, string>; signal: AbortSignal },
      context: OpenContext<C>,
    ): Promise<StreamBody>;
  }): Route;

  /** The same without login; `address` names the path parameter by which its organisation is found. */
  publicStream<const Path extends string, Query extends z.ZodType | undefined = undefined>(stream: {
    path: Path;
    summary: string;
    reason: string;
    address: ParamNames<Path>;
    params: z.ZodType<{ [Name in ParamNames<Path>]: string }>;
    query?: Query;
    handle(
      request: RequestOf<Path, undefined, Query, undefined> & { headers: Record<string, string>; signal: AbortSignal },
      context: OpenContext<C>,
    ): Promise<StreamBody>;
  }): Route;

  /** Takes bytes as they are, whatever their type, in one transaction; `mostBytes` is how many. */
  upload<
    const Path extends string,
    Query extends z.ZodType | undefined = undefined,
    Returns extends z.ZodType | undefined = undefined,
  >(
    upload: Omit<RouteShape<C, Path, undefined, Query, undefined, Returns>, 'body' | 'plainText' | 'handle'> & {
      permission: PermissionName<C>;
      mostBytes: number;
      handle(
        request: Omit<RequestOf<Path, undefined, Query, undefined>, 'body'> & { body: Uint8Array },
        context: Context<C>,
      ): Promise<Returned<Returns>>;
    },
  ): Route;

  /** Handles an event in one transaction with the mark that it is done: its effects happen exactly once. */
  handler<Type extends Keys<Of<C, 'handles'>>>(handler: {
    event: Type;
    name: string;
    handle(
      event: EventOf<Of<C, 'handles'>[Type] extends HandledEvent ? z.output<Of<C, 'handles'>[Type]['data']> : never>,
      context: Context<C>,
    ): Promise<void>;
  }): Handler;

  /** Handles an event with effects outside the database; no transaction is open, `outside` guards each effect. */
  outsideHandler<Type extends Keys<Of<C, 'handles'>>>(handler: {
    event: Type;
    name: string;
    handle(
      event: EventOf<Of<C, 'handles'>[Type] extends HandledEvent ? z.output<Of<C, 'handles'>[Type]['data']> : never>,
      context: OpenContext<C>,
    ): Promise<void>;
  }): Handler;

  /** Work at the times of a cron expression, once across all processes. */
  job(job: Omit<Job, 'run'> & { run(run: { at: Temporal.Instant }, context: OpenContext<C>): Promise<void> }): Job;

  /** Work at one time, as given to `schedule`, in one transaction with its mark. `at` is the time that was asked for. */
  oneOff<Name extends Keys<Of<C, 'oneOffs'>>>(oneOff: {
    job: Name;
    handle(
      entry: {
        key: string;
        at: Temporal.Instant;
        data: Of<C, 'oneOffs'>[Name] extends { data: infer Data }
          ? Data extends z.ZodObject
            ? z.output<Data>
            : never
          : never;
      },
      context: Context<C>,
    ): Promise<void>;
  }): OneOff;

  /** Answers calls of other plugins, in a transaction of its own. */
  service<Name extends Keys<Of<C, 'offers'>>>(service: {
    name: Name;
    handle(
      input: Of<C, 'offers'>[Name] extends Service ? z.output<Of<C, 'offers'>[Name]['input']> : never,
      context: Context<C>,
    ): Promise<Of<C, 'offers'>[Name] extends Service ? z.input<Of<C, 'offers'>[Name]['output']> : never>;
  }): OfferedService;

  /** Says what it adds to a person’s agenda, of the kinds that its contract names. `actor` is who asks. */
  agenda(
    items: (
      question: AgendaQuestion,
      context: Context<C>,
    ) => Promise<(Omit<AgendaItem, 'kind'> & { kind: Keys<Of<C, 'agenda'>> })[]>,
  ): OfferedService;

  /** Something long-lived; ends by the disposer that it returns. */
  start(start: { name: string; start(context: OpenContext<C>): Promise<AsyncDisposable> }): Start;

  plugin(parts: PluginParts): Plugin;
};

/**
 * Declares a plugin. Importing the result does nothing: no connection, no timer; so the console can show the routes,
 * queues and settings of a plugin that is off.
 */
export function declarePlugin<const C extends Contract>(given: C): DeclaredPlugin<C> {
  const answer = agendaServiceOf(given.id);
  const contract = given.agenda ? { ...given, offers: { ...given.offers, [answer]: agendaService } } : given;
  const builders = {
    contract,
    route: (route: object) => ({ kind: 'route', ...route }),
    publicRoute: (route: object) => ({ kind: 'route', permission: null, ...route }),
    stream: (stream: object) => ({ kind: 'stream', method: 'GET', ...stream }),
    publicStream: (stream: object) => ({ kind: 'stream', method: 'GET', permission: null, ...stream }),
    upload: (upload: object) => ({ kind: 'route', takesBytes: true, ...upload }),
    handler: (handler: object) => ({ outside: false, ...handler }),
    outsideHandler: (handler: object) => ({ outside: true, ...handler }),
    job: (job: object) => job,
    oneOff: (oneOff: object) => oneOff,
    service: (service: object) => service,
    agenda: (items: (question: AgendaQuestion, context: never) => Promise<AgendaItem[]>) => ({
      name: answer,
      handle: async (question: AgendaQuestion, context: never) => ({ items: await items(question, context) }),
    }),
    start: (start: object) => start,
    plugin: (parts: PluginParts) => ({ contract, parts }),
  };
  return builders as unknown as DeclaredPlugin<C>;
}
