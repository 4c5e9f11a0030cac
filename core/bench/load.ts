import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

// One burst of load, with what it cost the server: processor time of its process by the kernel's own count.

export type Target = { pid: number; url: string; token: string; method?: 'GET' | 'POST'; body?: string };
export type Burst = { perSecond: number; p99: number; microseconds: number; failed: number };

const ticksPerSecond = 100;

function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

export async function burst(target: Target, seconds: number, connections = 32): Promise<Burst> {
  const before = processorSeconds(target.pid);
  const result = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    method: target.method ?? 'GET',
    headers: {
      authorization: `Bearer ${target.token}`,
      ...(target.body ? { 'content-type': 'application/json' } : {}),
    },
    body: target.body,
  });
  const spent = processorSeconds(target.pid) - before;
  const done = result['2xx'];
  return {
    perSecond: done / result.duration,
    p99: result.latency.p99,
    microseconds: (spent * 1e6) / Math.max(1, done),
    failed: result.non2xx + result.errors,
  };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
