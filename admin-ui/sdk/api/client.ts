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

async function send<Answer>(method: string, path: string, body: unknown, options: SendOptions): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  // A page of another site cannot set this header, so the session cookie alone changes nothing.
  if (method !== 'GET') headers['x-requested-with'] = 'tc';
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (session.organisation) headers['tc-organization'] = session.organisation;
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`;
  const response = await fetch(addressOf(withQuery(path, options.query)), {
    method,
    headers,
    // The page keeps what it read; a second memory in the browser could only be older.
    cache: 'no-store',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw noAnswer(0, method);
  });
  if (response.status === 204) return undefined as Answer;
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const read: unknown = isJson ? await response.json().catch(() => undefined) : undefined;
  if (response.ok && read !== undefined) return read as Answer;
  if (response.status === 401) session.whenSignedOut();
  throw read && typeof read === 'object'
    ? new ApiProblem({ status: response.status, ...read })
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
  delete: <Answer = void>(path: string, options: SendOptions = {}) => send<Answer>('DELETE', path, undefined, options),
};
