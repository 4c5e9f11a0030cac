import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sample } from './samples.ts';

// A steady load on the processes of the ledger: people who write, read and sign in, none of whom stops when something
// is away. It promises that a writer keeps to the order of its account, and goes on with the same entry and the same
// Idempotency-Key until that is answered.

export type Kind = 'read' | 'write' | 'sign in';

export type Load = {
  samples: Record<Kind, Sample[]>;
  /** Ids of entries that were answered with 201. */
  acknowledged: Set<string>;
  /** Milliseconds since it began. */
  now(): number;
  end(): Promise<void>;
};

/** `bases`: the processes, asked in turn. */
export function startLoad(given: { bases: readonly string[]; token: string; accounts: number; run: string }): Load {
  const { bases, token } = given;
  const began = performance.now();
  const now = () => performance.now() - began;
  const samples: Load['samples'] = { read: [], write: [], 'sign in': [] };
  const acknowledged = new Set<string>();
  let over = false;
  let turn = 0;

  async function ask(kind: 'read' | 'write', path: string, init: RequestInit): Promise<Response | undefined> {
    turn += 1;
    const asked = now();
    const note = (status: number, retryAfter: boolean) =>
      samples[kind].push({ asked, answered: now(), status, retryAfter });
    try {
      const response = await fetch(bases[turn % bases.length] + path, {
        redirect: 'manual',
        signal: AbortSignal.timeout(30_000),
        ...init,
      });
      note(response.status, response.headers.has('retry-after'));
      return response;
    } catch {
      note(0, false);
      return undefined;
    }
  }

  /** By the public name, since a page that is asked for by another one is led there; fetch cannot name a host. */
  async function signIn(): Promise<void> {
    while (!over) {
      turn += 1;
      const asked = now();
      const base = new URL(bases[turn % bases.length]!);
      const sample = await new Promise<Omit<Sample, 'asked' | 'answered'>>((resolve) => {
        const { hostname, port } = base;
        const request = get(
          { hostname, port, path: '/auth/login', headers: { host: 'localhost:8080' }, timeout: 30_000, agent: false },
          (response) => {
            response.resume();
            resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] !== undefined });
          },
        );
        request.on('timeout', () => request.destroy());
        request.on('error', () => resolve({ status: 0, retryAfter: false }));
      });
      samples['sign in'].push({ asked, answered: now(), ...sample });
      await pause(50);
    }
  }

  const authorization = `Bearer ${token}`;

  async function write(account: string): Promise<void> {
    for (let place = 1; !over; place += 1) {
      const body = JSON.stringify({ account, place });
      let status = 0;
      while (status !== 201 && !over) {
        const response = await ask('write', '/api/ledger', {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'idempotency-key': `${account} ${place}` },
          body,
        });
        status = response?.status ?? 0;
        if (status === 201) acknowledged.add(((await response!.json()) as { id: string }).id);
        else await response?.body?.cancel();
        await pause(status === 201 ? 20 : 100);
      }
    }
  }

  async function read(): Promise<void> {
    while (!over) {
      await (await ask('read', '/api/ledger', { headers: { authorization } }))?.body?.cancel();
      await pause(50);
    }
  }

  const workers = [
    ...Array.from({ length: given.accounts }, (_, i) => write(`${given.run} ${i}`)),
    read(),
    read(),
    signIn(),
  ];
  return {
    samples,
    acknowledged,
    now,
    async end() {
      over = true;
      await Promise.all(workers);
    },
  };
}
