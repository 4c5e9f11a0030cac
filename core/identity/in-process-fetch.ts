import { createServer, type IncomingMessage, type RequestListener, request as send } from 'node:http';
import { duplexPair } from 'node:stream';

// A fetch that reaches a handler of this process without a network: our own sign-in asks the embedded provider for
// tokens, and the public address may not be reachable from here, nor should the rate limit for strangers count it.

export type Fetch = (
  url: string,
  options: { method?: string; headers?: HeadersInit; body?: unknown },
) => Promise<Response>;

export function makeInProcessFetch(handler: RequestListener): Fetch {
  const server = createServer(handler);

  return async (url, { method = 'GET', headers, body }) => {
    const [near, far] = duplexPair();
    server.emit('connection', far);
    const { pathname, search, host } = new URL(url);
    const content = body === undefined || body === null ? undefined : Buffer.from(String(body));
    const request = send({
      method,
      path: pathname + search,
      createConnection: () => near as never,
      headers: {
        ...Object.fromEntries(new Headers(headers)),
        host,
        connection: 'close',
        ...(content ? { 'content-length': content.length } : {}),
      },
    });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve).on('error', reject);
      request.end(content);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const answered = new Headers();
    for (const [name, value] of Object.entries(response.headers))
      for (const each of [value ?? []].flat()) answered.append(name, each);
    const status = response.statusCode!;
    return new Response([204, 304].includes(status) ? null : Buffer.concat(chunks), { status, headers: answered });
  };
}
