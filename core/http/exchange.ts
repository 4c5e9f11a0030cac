import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '@task-connect/sdk';
import type { Context } from 'koa';
import { anonymous } from '../identity/actors.ts';
import type { Credential } from '../identity/identity.ts';
import type { CompiledRoute } from './compile-route.ts';

// One request and its answer, as the steps hand it on. All fields are there from the start: an object whose shape
// never changes is what keeps reading it cheap, and a step shows what it adds by what it assigns.

export type Exchange = {
  readonly koa: Context;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  /** `performance.now()` when the request was met. */
  readonly begun: number;
  /** Below the base path; as it was sent, percent signs included. */
  path: string;
  /** What stands after the question mark. */
  search: string;
  /** The client’s, which is not the socket’s behind a listed proxy. */
  address: string;
  throughProxy: boolean;
  requestId: string;
  traceId: string;
  traceparent: string;
  actor: Actor;
  credential: Credential;
  route: CompiledRoute | undefined;
  /** The values of the path parameters, in order, not decoded. */
  captured: readonly string[];
  /** Called once when the plugin has nothing more to do with the request. */
  leave: (() => void) | undefined;
  params: Record<string, unknown>;
  query: unknown;
  body: unknown;
  bodyBytes: Buffer | undefined;
  ifMatch: number | undefined;
  idempotencyKey: string | undefined;
  /** What the handler gave back. */
  value: unknown;
  status: number;
  /** Name, value, name, value: what node writes without copying. */
  answer: string[];
  payload: string | Uint8Array | undefined;
  /** The remaining steps are left out. */
  answered: boolean;
  /** A stream, or Koa, has written the response. */
  sent: boolean;
};

/** A step does one thing to the exchange, or throws a problem. It returns a promise only when it has to wait. */
export type Step = (exchange: Exchange) => void | Promise<void>;

const noCredential: Credential = { kind: 'none' };
const nothing: readonly string[] = [];
const noParams: Record<string, unknown> = {};

export function makeExchange(koa: Context): Exchange {
  const { req, res } = koa;
  const url = req.url!;
  const mark = url.indexOf('?');
  return {
    koa,
    req,
    res,
    headers: req.headers,
    method: req.method!,
    begun: performance.now(),
    path: mark === -1 ? url : url.slice(0, mark),
    search: mark === -1 ? '' : url.slice(mark + 1),
    address: '',
    throughProxy: false,
    requestId: '',
    traceId: '',
    traceparent: '',
    actor: anonymous,
    credential: noCredential,
    route: undefined,
    captured: nothing,
    leave: undefined,
    params: noParams,
    query: undefined,
    body: undefined,
    bodyBytes: undefined,
    ifMatch: undefined,
    idempotencyKey: undefined,
    value: undefined,
    status: 200,
    answer: [],
    payload: undefined,
    answered: false,
    sent: false,
  };
}
