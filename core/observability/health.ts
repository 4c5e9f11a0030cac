import type { Clock } from '@task-connect/sdk';
import { hideInText } from './hide.ts';

// Promises: an answer within the time limit, whatever hangs, and never two checks of one part at once, so that asking
// often does not make a sick part sicker. Leaves to the edge: status codes, and who may see the details.

export type PartState = 'ok' | 'degraded' | 'failed';
export type PartReport = { name: string; state: PartState; latencyMs: number | null; detail: string | null };
export type HealthReport = { status: PartState; version: string; parts: PartReport[] };

export type PartCheck = (signal: AbortSignal) => Promise<{ state: PartState; detail?: string }>;

export type Health = {
  /** Adds a part; the platform cannot serve without a vital one. Dispose to remove it. */
  part(name: string, check: PartCheck, options: { vital: boolean }): Disposable;
  /** Failed only when a vital part is; degraded when anything is not well. */
  report(): Promise<HealthReport>;
  /** True as long as the process answers at all. */
  live(): boolean;
  /** Whether new requests should be sent here. */
  ready(): Promise<{ ready: boolean; reason: string | null }>;
  /** From now on not ready, for good: the process is about to stop. */
  drain(): void;
};

type Part = { check: PartCheck; vital: boolean; running?: Promise<PartReport> };

export function makeHealth(needs: { clock: Clock; version: string; timeoutMs?: number }): Health {
  const timeoutMs = needs.timeoutMs ?? 2000;
  const parts = new Map<string, Part>();
  let draining = false;
  let last: { at: Temporal.Instant; report: Promise<HealthReport> } | undefined;

  async function reportOf(): Promise<HealthReport> {
    const asked = [...parts];
    const reports = await Promise.all(asked.map(([name, part]) => bounded(name, part, timeoutMs)));
    const vitalFailed = reports.some((report, index) => report.state === 'failed' && asked[index]![1].vital);
    const status = vitalFailed ? 'failed' : reports.every(({ state }) => state === 'ok') ? 'ok' : 'degraded';
    return { status, version: needs.version, parts: reports };
  }

  /** A report serves all who ask within a second, since anyone may ask. */
  function report(): Promise<HealthReport> {
    const now = needs.clock.now();
    const age = last ? now.since(last.at).total('milliseconds') : Number.POSITIVE_INFINITY;
    if (!last || age < 0 || age >= 1000) last = { at: now, report: reportOf() };
    return last.report;
  }

  return {
    part(name, check, { vital }) {
      if (parts.has(name)) throw new Error(`The part “${name}” is watched already. Give the second one another name.`);
      const part: Part = { check, vital };
      parts.set(name, part);
      last = undefined;
      return {
        [Symbol.dispose]() {
          // Disposed twice, it must not remove the part that took its name.
          if (parts.get(name) === part) parts.delete(name);
          last = undefined;
        },
      };
    },
    report,
    live: () => true,
    async ready() {
      if (draining) return { ready: false, reason: 'This process is stopping.' };
      const { status, parts: reports } = await report();
      if (status !== 'failed') return { ready: !draining, reason: draining ? 'This process is stopping.' : null };
      const sick = reports.filter(({ name, state }) => state === 'failed' && parts.get(name)?.vital);
      return { ready: false, reason: sick.map(({ name, detail }) => `${name}: ${detail ?? 'failed'}`).join(' ') };
    },
    drain() {
      draining = true;
    },
  };
}

async function bounded(name: string, part: Part, timeoutMs: number): Promise<PartReport> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartReport>((resolve) => {
    timer = setTimeout(() => {
      limit.abort();
      const detail = `No answer within ${timeoutMs} ms.`;
      resolve({ name, state: 'failed', latencyMs: null, detail });
    }, timeoutMs);
  });
  // A check that hung before is not started again but waited for once more.
  part.running ??= run(name, part.check, limit.signal).finally(() => {
    part.running = undefined;
  });
  try {
    return await Promise.race([part.running, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function run(name: string, check: PartCheck, signal: AbortSignal): Promise<PartReport> {
  const begun = performance.now();
  const latencyMs = () => Math.round((performance.now() - begun) * 10) / 10;
  try {
    const { state, detail } = await check(signal);
    return { name, state, latencyMs: latencyMs(), detail: detail ?? null };
  } catch (error) {
    const detail = hideInText(error instanceof Error ? error.message : String(error));
    return { name, state: 'failed', latencyMs: latencyMs(), detail };
  }
}
