import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Given } from './command.ts';
import { controlAddress } from './control-address.ts';
import { readHolder } from './data-lock.ts';

// The socket on which a running platform takes commands of the operator: one line of JSON there, one back. Whoever can
// open it may do everything, so it is its owner’s alone.

export type Request = { command: string; args: Given; by: string };
export type Answer = { ok: true; result: unknown } | { ok: false; message: string; exitCode: number };

const longestLine = 4_000_000;
const patienceMs = 5000;

/** Takes commands until it is disposed of; those under way get a few seconds then. */
export async function serveControl(
  data: string,
  perform: (request: Request) => Promise<Answer>,
): Promise<{ socket: string } & AsyncDisposable> {
  const path = controlAddress(data);
  // Left over from one that was killed: the lock on the folder is ours.
  await rm(path, { force: true });
  const underWay = new Set<Promise<void>>();
  const server = createServer((socket) => {
    const done = converse(socket, perform).catch(() => void socket.destroy());
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return {
    socket: path,
    async [Symbol.asyncDispose]() {
      server.close();
      const patience = new AbortController();
      await Promise.race([
        Promise.allSettled(underWay).finally(() => patience.abort()),
        pause(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
    },
  };
}

async function converse(socket: Socket, perform: (request: Request) => Promise<Answer>): Promise<void> {
  const line = await readLine(socket);
  if (line === undefined) return void socket.destroy();
  let answer: Answer;
  try {
    answer = await perform(JSON.parse(line) as Request);
  } catch (error) {
    answer = { ok: false, message: (error as Error).message, exitCode: 1 };
  }
  await new Promise<void>((resolve) => socket.end(`${JSON.stringify(answer)}\n`, () => resolve()));
}

/** Asks the platform that serves this data folder; undefined when there is none. */
export async function askRunning(data: string, request: Request): Promise<Answer | undefined> {
  const path = readHolder(data)?.socket;
  if (path === undefined) return undefined;
  const socket = createConnection(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    if (['ENOENT', 'ECONNREFUSED'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  socket.write(`${JSON.stringify(request)}\n`);
  const line = await readLine(socket);
  socket.destroy();
  if (line !== undefined) return JSON.parse(line) as Answer;
  const message = 'The platform ended before it answered. What was asked may be done: look before you ask again.';
  return { ok: false, message, exitCode: 1 };
}

/** Undefined when the other side closes before the end of a line. */
async function readLine(socket: Socket): Promise<string | undefined> {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > longestLine) resolve(undefined);
    });
    socket.on('close', () => resolve(undefined));
  });
}
