import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../core/about.ts';
import { unique } from './docker.ts';

// ./start-databases.sh on an engine, with a project, ports and a folder of the test's own.

const run = promisify(execFile);
const names = ['POSTGRES', 'REDIS', 'RABBITMQ', 'RABBITMQ_MANAGEMENT', 'KEYCLOAK', 'VAULT', 'PLATFORM'] as const;

export type OwnServers = {
  home: string;
  ports: Record<(typeof names)[number], number>;
  env: NodeJS.ProcessEnv;
  script(...words: string[]): Promise<{ stdout: string; stderr: string }>;
  /** Ends them and deletes all that they held. */
  remove(): Promise<void>;
};

/** Nothing is started yet; `extra` is set for the script too. */
export function ownServers(name: string, extra: Record<string, string> = {}): OwnServers {
  const home = mkdtempSync(join(tmpdir(), 'tc-servers-'));
  // Below those that the system gives to connections: one of these may take a port between its choice and its use.
  const lowest = randomInt(20_000, 31_000);
  const ports = Object.fromEntries(names.map((each, index) => [each, lowest + index])) as OwnServers['ports'];
  const env = {
    ...process.env,
    SERVERS_HOME: home,
    SERVERS_PROJECT: unique(name),
    SERVERS_PLATFORM_URL: `http://localhost:${ports.PLATFORM}`,
    ...Object.fromEntries(names.map((each) => [`SERVERS_${each}_PORT`, String(ports[each])])),
    ...extra,
  };
  // From elsewhere, since it is called so too.
  const script = (...words: string[]) => run(join(root, 'start-databases.sh'), words, { env, cwd: tmpdir() });
  return {
    home,
    ports,
    env,
    script,
    async remove() {
      await script('reset');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
