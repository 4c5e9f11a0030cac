import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Where the processor time of the platform goes, from V8's own samples, by part. Self time: what a part calls is
// counted with what it calls, so writing to sockets stands apart from pg and HTTP, for which it is done.

type Profile = {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  timeDeltas: number[];
};

const parts: readonly [name: string, test: (url: string, name: string) => boolean][] = [
  ['idle', (_, name) => name === '(idle)'],
  ['garbage collector', (_, name) => name === '(garbage collector)'],
  [
    'writing to sockets (kernel)',
    (_, name) => /^(write|writev|writeBuffer|writeUtf8String|writeLatin1String)$/.test(name),
  ],
  ['pg', (url) => /node_modules\/(pg|pg-protocol|pg-pool|pg-types|postgres-array|postgres-\w+)\//.test(url)],
  ['unit of work, row-level security', (url) => url.includes('/core/database/')],
  ['kernel: lending, outbox', (url) => /\/core\/(kernel|events)\//.test(url)],
  [
    'edge: pipeline, validation, answer',
    (url) => url.includes('/core/http/') || /node_modules\/(@koa|koa|zod)\//.test(url),
  ],
  ['who asks (token, rights)', (url) => url.includes('/core/identity/')],
  [
    'log and metrics',
    (url) => url.includes('/core/observability/') || /node_modules\/(pino|prom-client|sonic-boom)\//.test(url),
  ],
  ['the plugin', (url) => url.includes('/plugins/')],
  ['node: http, net, streams, timers', (url) => url.startsWith('node:')],
];

/** Shares of the busy time, largest first. */
export function whereTimeGoes(folder: string): { part: string; share: number }[] {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (!file) throw new Error(`There is no profile in ${folder}.`);
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const spent = new Map<string, number>();
  profile.samples.forEach((id, i) => {
    const { url, functionName } = frames.get(id)!;
    const part = parts.find(([, test]) => test(url, functionName))?.[0] ?? 'other (V8, native)';
    spent.set(part, (spent.get(part) ?? 0) + (profile.timeDeltas[i] ?? 0));
  });
  spent.delete('idle');
  const total = [...spent.values()].reduce((sum, each) => sum + each, 0);
  return [...spent].map(([part, time]) => ({ part, share: time / total })).sort((a, b) => b.share - a.share);
}
