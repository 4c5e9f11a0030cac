import { declareProblem } from '@task-connect/sdk';
import type { ServiceDoor } from '../kernel/service-door.ts';
import type { Exchange, Step } from './exchange.ts';

// Calls of other processes of this installation, at /internal/services/<service>. The gateway does not route it, and
// without a service token nobody gets in: who may is the kernel's to say.

/** What the kernel does with a call that has arrived. */
export type Services = ServiceDoor;

const NotACall = declareProblem({
  type: 'no-service-call',
  status: 400,
  title: 'This is no call of a service',
  detail: () => 'Services are called by POST /internal/services/<service> with at most 1 MiB of JSON.',
});

const mostBytes = 1024 * 1024;
const longest = 30_000;
const address = /^\/internal\/services\/([a-z][\w.-]{0,100})$/;

export const isInternal = (path: string): boolean => path.startsWith('/internal/');

export function internalServices(services: Services): Step {
  return async (exchange) => {
    const service = address.exec(exchange.path)?.[1];
    if (service === undefined || exchange.method !== 'POST') throw new NotACall({});
    const { headers, requestId, traceparent } = exchange;
    const deadline = Number(headers['tc-deadline-milliseconds']);
    const answer = await services({
      service,
      authorization: headers.authorization,
      body: await jsonOf(exchange),
      requestId,
      traceparent,
      deadlineMilliseconds: deadline > 0 && deadline < longest ? deadline : longest,
    });
    exchange.payload = JSON.stringify(answer);
    exchange.answer.push('Content-Type', 'application/json', 'Cache-Control', 'no-store');
    exchange.answered = true;
  };
}

async function jsonOf({ req }: Exchange): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new NotACall({});
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new NotACall({});
  }
}
