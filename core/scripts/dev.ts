import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { makeDevConsole, writeStandIn } from '@task-connect/admin-ui/dev';
import { root } from '../about.ts';
import { loadSettings } from '../config/load.ts';
import { freePort } from '../testing/free-port.ts';
import { passOn, passOnUpgrade } from './dev-proxy.ts';

// `npm run dev`: the console and the screens of plugins from their sources, with hot reload, and the platform behind
// the same address. A change in core or in a plugin’s server files restarts the platform; open tabs stay.

const { settings } = loadSettings({ env: process.env, cwd: root });
const base = new URL(settings.publicUrl).pathname.replace(/\/$/, '');
const standIn = join(root, 'node_modules', '.cache', 'task-connect', 'dev-console');
const inner = await freePort();
const say = (line: string) => process.stdout.write(`${line}\n`);

writeStandIn(root, standIn);
const server = createServer((request, response) => {
  void developing
    .handle(request, response)
    .then((answered) => {
      if (answered) return;
      // Screens that were made a moment ago are listed too.
      if (request.url?.includes('/api/console/')) writeStandIn(root, standIn);
      passOn(inner, request, response);
    })
    .catch((error: Error) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(error.message);
    });
});
server.on('upgrade', (request, socket, head) => {
  if (request.headers['sec-websocket-protocol']?.startsWith('vite-')) return;
  passOnUpgrade(inner, request, socket as Socket, head);
});
const developing = await makeDevConsole({ root, base, server, hosts: [new URL(settings.publicUrl).hostname] });
server.once('error', (error: NodeJS.ErrnoException) => {
  say(error.code === 'EADDRINUSE' ? `Port ${settings.port} is in use; choose another with TC_PORT.` : error.message);
  process.exit(1);
});
server.listen(settings.port, settings.host);

let platform: ChildProcess | undefined;
let ending = false;

function start(): void {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'core', 'scripts', 'dev-platform.ts')],
    {
      // The channel tells it when we are gone, also by kill -9.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, TC_PORT: String(inner), TC_HOST: '127.0.0.1', TC_PUBLIC_URL: settings.publicUrl },
    },
  );
  platform = child;
  child.once('exit', (code) => {
    if (platform === child) platform = undefined;
    if (ending) process.exit(0);
    else if (restarting) start();
    else say(`The platform has ended (${code}). It starts again with the next change of its files.`);
    restarting = false;
  });
}

let restarting = false;
let pending: NodeJS.Timeout | undefined;

function changed(_: string, name: string | null): void {
  const isServers =
    name !== null && /\.(ts|sql)$/.test(name) && !/(^|\/)(screens|node_modules|e2e)\/|\.test\./.test(name);
  if (!isServers) return;
  clearTimeout(pending);
  pending = setTimeout(() => {
    say(`${name} has changed: the platform restarts.`);
    if (!platform) return start();
    restarting = true;
    platform.kill('SIGTERM');
  }, 300);
}

watch(join(root, 'core'), { recursive: true }, changed);
watch(join(root, 'plugins'), { recursive: true }, changed);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
process.on('disconnect', end);

function end(): void {
  if (ending) return;
  ending = true;
  if (platform) platform.kill('SIGTERM');
  else process.exit(0);
}

start();
