import { addressOf } from '../route/address.ts';
import { ApiProblem, noAnswer } from './problem.ts';

export type Query = Record<string, string | number | boolean | null | undefined | readonly string[]>;

export type SendOptions = {
  query?: Query;
  /** The version that the person saw (If-Match): a change in between is then a 412 and nothing is overwritten. */
  version?: number;
  signal?: AbortSignal;
};

const session = { organisation: undefined as string | undefined, whenSignedOut: () => {} };

/** The organisation that requests act in; undefined is the personal one. */
export function actInOrganisation(organisation: string | undefined): void {
  session.organisation = organisation;
}

/** Called when a request finds that nobody is signed in. */
export function onSignedOut(listener: () => void): void {
  session.whenSignedOut = listener;
}

async function ask(method: string, path: string, body: unknown, options: SendOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  // A page of another site cannot set this header, so the session cookie alone changes nothing.
  if (method !== 'GET') headers['x-requested-with'] = 'tc';
  const isFile = body instanceof Blob;
  if (body !== undefined) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
  if (session.organisation) headers['tc-organization'] = session.organisation;
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`;
  return fetch(addressOf(withQuery(path, options.query)), {
    method,
    headers,
    // The page keeps what it read; a second memory in the browser could only be older.
    cache: 'no-store',
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw noAnswer(0, method);
  });
}

async function send<Answer>(method: string, path: string, body: unknown, options: SendOptions): Promise<Answer> {
  const response = await ask(method, path, body, options);
  if (response.status === 204) return undefined as Answer;
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const read: unknown = isJson ? await response.json().catch(() => undefined) : undefined;
  if (response.ok && read !== undefined) return read as Answer;
  throw refusal(response, read, method);
}

function refusal(response: Response, read: unknown, method: string): ApiProblem {
  if (response.status === 401) session.whenSignedOut();
  const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return read && typeof read === 'object'
    ? new ApiProblem({ status: response.status, ...(retryAfter > 0 && { retryAfter }), ...read })
    : noAnswer(response.ok ? 502 : response.status, method);
}

function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/**
 * The platform’s API; paths are those of the reference, `/api/tasks`. Throws an ApiProblem.
 * @example const task = await api.patch<Task>(`/api/tasks/${id}`, { status: 'done' }, { version: seen.version });
 */
export const api = {
  get: <Answer>(path: string, options: SendOptions = {}) => send<Answer>('GET', path, undefined, options),
  post: <Answer>(path: string, body?: unknown, options: SendOptions = {}) => send<Answer>('POST', path, body, options),
  put: <Answer>(path: string, body?: unknown, options: SendOptions = {}) => send<Answer>('PUT', path, body, options),
  patch: <Answer>(path: string, body: unknown, options: SendOptions = {}) => send<Answer>('PATCH', path, body, options),
  /** Sends a file as it is, whatever it holds. */
  upload: <Answer>(path: string, file: Blob, options: SendOptions = {}) => send<Answer>('POST', path, file, options),
  /** The bytes of a file. An <img> cannot say in which organisation it asks; what this gives can be shown by a blob address. */
  async file(path: string, options: SendOptions = {}): Promise<Blob> {
    const response = await ask('GET', path, undefined, options);
    if (response.ok) return response.blob();
    throw refusal(response, await response.json().catch(() => undefined), 'GET');
  },
  delete: <Answer = void>(path: string, options: SendOptions = {}) => send<Answer>('DELETE', path, undefined, options),
};
