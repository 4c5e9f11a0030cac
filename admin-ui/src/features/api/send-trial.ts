import { addressOf, lookedAt } from '@task-connect/console/shell';
import type { TrialRequest } from './trial.ts';

export type TrialAnswer = {
  status: number;
  statusText: string;
  milliseconds: number;
  headers: [name: string, value: string][];
  body: string;
  bytes: number;
};

/** Sends it as it stands: by the session of this browser, or by a token alone. What comes is never read as anything. */
export async function sendTrial(request: TrialRequest, token: string | undefined): Promise<TrialAnswer> {
  const organisation = lookedAt.get();
  const login: Record<string, string> = token
    ? { Authorization: `Bearer ${token}` }
    : {
        ...(request.method === 'GET' ? {} : { 'X-Requested-With': 'tc' }),
        ...(organisation ? { 'TC-Organization': organisation } : {}),
      };
  const begun = performance.now();
  const response = await fetch(addressOf(request.path), {
    method: request.method,
    headers: { Accept: 'application/json', ...login, ...request.headers },
    credentials: token ? 'omit' : 'same-origin',
    cache: 'no-store',
    redirect: 'manual',
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const bytes = await response.arrayBuffer();
  return {
    status: response.status,
    statusText: response.statusText,
    milliseconds: performance.now() - begun,
    headers: [...response.headers].toSorted(([a], [b]) => a.localeCompare(b)),
    body: textOf(bytes, response.headers.get('content-type') ?? ''),
    bytes: bytes.byteLength,
  };
}

const longest = 200_000;

function textOf(bytes: ArrayBuffer, type: string): string {
  if (bytes.byteLength === 0) return '';
  if (!/json|text|xml|csv|calendar/.test(type)) return '';
  const text = new TextDecoder().decode(bytes);
  const whole = /json/.test(type) ? pretty(text) : text;
  return whole.length > longest ? `${whole.slice(0, longest)}\n…` : whole;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
