import type { IncomingMessage, ServerResponse } from 'node:http';

// The little of the API that the scenes need, with knobs for the tests.

export type FakeApi = {
  answer(request: IncomingMessage, response: ServerResponse): void;
  me: Record<string, unknown> & { preferences: Record<string, unknown> };
  /** How many GETs of a path there were. */
  reads: Map<string, number>;
  /** Changes are answered after this, so that a test sees what stands on the screen until then. */
  hold: Promise<unknown> | undefined;
  /** Changes of things are refused with this problem. */
  refuse: { status: number; [field: string]: unknown } | undefined;
  /** Lists are refused with this, for a minute. */
  busy: { status: number; [field: string]: unknown } | undefined;
  /** Tells all who listen. */
  say(id: string, hint: { type: string; plugin: string | null }): void;
  /** Ends all streams, as a server that goes away. */
  drop(): void;
  /** No stream is given until it is true again. */
  live: boolean;
  listened: { lastEventId: string | undefined }[];
  close(): void;
};

export function fakeApi(): FakeApi {
  const streams = new Set<ServerResponse>();
  const thing = { id: 'a', title: 'Oil the table', version: 1 };
  const send = (response: ServerResponse, status: number, body: unknown) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  };
  const api: FakeApi = {
    me: {
      id: 'p1',
      name: 'Ines Calder',
      address: 'ines@example.test',
      accountUrl: null,
      zone: 'Europe/Berlin',
      locale: 'en-GB',
      weekStart: 1,
      preferences: {},
      platformRoles: [],
      permissions: [],
      organisation: { id: 'o1', name: 'Lantern Yard', role: 'owner', personal: false },
      organisations: [],
    },
    reads: new Map(),
    hold: undefined,
    refuse: undefined,
    busy: undefined,
    live: true,
    listened: [],
    say(id, hint) {
      for (const one of streams) one.write(`id: ${id}\nevent: hint\ndata: ${JSON.stringify(hint)}\n\n`);
    },
    drop() {
      for (const one of streams) one.destroy();
      streams.clear();
    },
    close: () => api.drop(),
    answer(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kit');
      if (request.method === 'GET') api.reads.set(pathname, (api.reads.get(pathname) ?? 0) + 1);
      if (pathname === '/api/live') return listen(request, response);
      if (request.method !== 'GET') return void change(request, response);
      if (pathname === '/api/me') return send(response, 200, api.me);
      if (pathname === '/api/thing') return send(response, 200, thing);
      if (pathname === '/api/rows' && api.busy) {
        response.setHeader('retry-after', '60');
        return send(response, api.busy.status, api.busy);
      }
      if (pathname === '/api/rows') return send(response, 200, pageOf(Number(searchParams.get('cursor') ?? 0)));
      return send(response, 404, {
        type: 'not-found',
        title: 'Not found',
        status: 404,
        detail: 'There is no such thing.',
      });
    },
  };

  function listen(request: IncomingMessage, response: ServerResponse): void {
    const lastEventId = request.headers['last-event-id'];
    api.listened.push({ lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined });
    if (!api.live) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
  }

  async function change(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request) text += piece;
    const body = JSON.parse(text || '{}');
    if (request.url === '/api/me') {
      for (const [name, value] of Object.entries(body.preferences ?? {})) {
        if (value === null) delete api.me.preferences[name];
        else api.me.preferences[name] = value;
      }
      return send(response, 200, api.me);
    }
    await api.hold;
    if (api.refuse) return send(response, api.refuse.status, api.refuse);
    Object.assign(thing, body, { version: thing.version + 1 });
    return send(response, 200, thing);
  }
  return api;
}

/** Three pages of fifty. */
function pageOf(from: number) {
  const items = Array.from({ length: 50 }, (_, index) => ({
    id: `r${from + index}`,
    title: `Chair ${from + index + 1}`,
  }));
  return { items, next: from + 50 < 150 ? String(from + 50) : null, ...(from === 0 && { total: 150 }) };
}
