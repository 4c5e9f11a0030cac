import { request } from 'node:http';
import { connect } from 'node:net';
import { type Actor, type Contract, declarePlugin, type Log, Problem, type Route } from '@task-connect/sdk';
import type { Authenticate } from '../identity/identity.ts';
import type { ActivePlugin, Registry, WorkScope } from '../kernel/registry.ts';
import { makeHealth } from '../observability/health.ts';
import { makeMetrics } from '../observability/metrics.ts';
import type { Hint } from './live.ts';
import { type Edge, type EdgeNeeds, makeEdge } from './server.ts';

// A listening edge with plugins whose unit of work just calls the handler: what is tested is HTTP, and all of it.

export const wanda = '0198f2b4-0000-7000-8000-000000000001';
export const home = '0198f2b4-0000-7000-8000-0000000000aa';

export const actorOf = (permissions: readonly string[], more: Partial<Actor> = {}): Actor => ({
  kind: 'person',
  person: wanda,
  organisation: home,
  role: 'member',
  name: 'Wanda',
  zone: 'Europe/Berlin',
  locale: 'en',
  weekStart: 1,
  platformRoles: [],
  may: (permission) => permissions.includes(permission),
  ...more,
});

const nobody = actorOf([], { kind: 'anonymous', person: '00000000-0000-0000-0000-000000000000' });

/**
 * `Bearer <word>`: `reader` and `writer` have rights, `wide` is as wide as its person, `operator` manages the platform,
 * `late` is answered by a promise.
 */
export const identity: Authenticate & EdgeNeeds['identity'] = {
  authenticate({ headers }) {
    const token = headers.authorization?.replace(/^Bearer /, '');
    if (token === undefined) return { actor: nobody, credential: { kind: 'none' } };
    const scopes = {
      reader: ['things:read'],
      writer: ['things:read', 'things:write'],
      wide: ['*'],
      operator: ['things:admin', 'platform:manage'],
    };
    const known = token === 'late' ? 'reader' : token;
    if (!(known in scopes)) {
      throw new Problem({ type: 'bad-token', status: 401, title: 'The token is not good', detail: 'Sign in again.' });
    }
    const platformRoles = known === 'operator' ? ['administrator'] : [];
    const found = {
      actor: actorOf(scopes[known as keyof typeof scopes], { platformRoles }),
      credential: { kind: 'session', sessionId: 's' } as const,
    };
    return token === 'late' ? Promise.resolve(found) : found;
  },
  middleware: async (ctx, next) => {
    if (ctx.path.endsWith('/auth/echo')) {
      ctx.body = { ip: ctx.ip, host: ctx.host, protocol: ctx.protocol, secure: ctx.secure, href: ctx.href };
    } else await next();
  },
};

export type Fake = ActivePlugin & {
  readonly scopes: WorkScope[];
  /** Answers that are kept, by their keys. */
  readonly kept: ReadonlyMap<string, unknown>;
  /** Requests that have entered and not left. */
  inFlight(): number;
  entered(): number;
  leave(): void;
};

export function activate(contract: Contract, routes: readonly Route[]): Fake {
  const declared = declarePlugin(contract);
  const leaving = new AbortController();
  const scopes: WorkScope[] = [];
  const kept = new Map<string, unknown>();
  let open = 0;
  let entered = 0;
  return {
    id: contract.id,
    plugin: declared.plugin({ routes }),
    routes,
    leaving: leaving.signal,
    scopes,
    kept,
    inFlight: () => open,
    entered: () => entered,
    leave: () => leaving.abort(),
    enter() {
      if (leaving.signal.aborted) return undefined;
      open++;
      entered++;
      let left = false;
      return () => {
        if (left) throw new Error('A request left twice');
        left = true;
        open--;
      };
    },
    async unitOfWork(scope, work) {
      scopes.push(scope);
      const key = scope.idempotency?.key;
      if (key !== undefined && kept.has(key)) return kept.get(key) as never;
      const value = await work({} as never);
      if (key !== undefined) kept.set(key, value);
      return value;
    },
    async open(scope, work) {
      scopes.push(scope);
      return work({} as never);
    },
  };
}

export type Running = {
  url: string;
  port: number;
  edge: Edge;
  /** Lines that were logged. */
  lines: { level: string; fields: Record<string, unknown>; message: string }[];
  /** Puts other plugins in place, as the kernel does. */
  swap(active: readonly ActivePlugin[]): void;
  hint(hint: Hint): void;
  beat(): void;
  listeners(): number;
  subscriptions: { person: string; organisation: string; lastEventId: string | undefined }[];
  [Symbol.asyncDispose](): Promise<void>;
};

const clock = { now: () => Temporal.Now.instant() };

export async function startEdge(
  active: readonly ActivePlugin[],
  more: Partial<Omit<EdgeNeeds, 'settings'>> & { settings?: Partial<EdgeNeeds['settings']> } = {},
): Promise<Running> {
  const lines: Running['lines'] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: fields as Record<string, unknown>, message });
  };
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  let registry: Registry = { generation: 1, active };
  const heard = new Set<(hint: Hint) => void>();
  const subscriptions: Running['subscriptions'] = [];
  let tick = () => {};
  const edge = makeEdge({
    registry: () => registry,
    identity,
    clock,
    health: makeHealth({ clock, version: '1.2.3' }),
    metrics: makeMetrics({ process: 'without-process' }),
    log,
    live: {
      subscribe(who, lastEventId, onHint) {
        subscriptions.push({ ...who, lastEventId });
        heard.add(onHint);
        return () => void heard.delete(onHint);
      },
    },
    console: { folder: '/nowhere' },
    basePath: '',
    version: '1.2.3',
    every: (_ms, run) => {
      tick = run;
      return () => {};
    },
    ...more,
    settings: {
      publicUrl: 'http://localhost:8080',
      trustedProxies: [],
      corsOrigins: [],
      rateLimit: 100_000,
      anonymousRateLimit: 100_000,
      ...more.settings,
    },
  });
  const { port } = await edge.listen(0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    edge,
    lines,
    swap(next) {
      registry = { generation: registry.generation + 1, active: next };
    },
    hint: (hint) => {
      for (const onHint of heard) onHint(hint);
    },
    beat: () => tick(),
    listeners: () => heard.size,
    subscriptions,
    [Symbol.asyncDispose]: () => edge.drain(),
  };
}

export type Answer = {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  json: any;
};

/** One request on a connection of its own, with headers (Host too) as given and a body byte for byte. */
export function ask(
  { port }: { port: number },
  path: string,
  options: {
    method?: string;
    as?: string;
    headers?: Record<string, string | string[]>;
    body?: string | Uint8Array;
  } = {},
): Promise<Answer> {
  const { method = 'GET', as, headers = {}, body } = options;
  const host = { host: 'localhost:8080' };
  const token = as === undefined ? {} : { authorization: `Bearer ${as}` };
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, agent: false, headers: { ...host, ...token, ...json, ...headers } },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = /json/.test(res.headers['content-type'] ?? '') && !res.headers['content-encoding'];
          resolve({
            status: res.statusCode!,
            headers: res.headers as Record<string, string>,
            text,
            json: isJson && text !== '' ? JSON.parse(text) : undefined,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Bytes as they are, over a bare socket; resolves with all that came back when the server closes. */
export function askRaw({ port }: { port: number }, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}
