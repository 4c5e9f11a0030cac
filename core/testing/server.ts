import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedServer } from '../database/embedded-server.ts';
import { externalServer } from '../database/external-server.ts';
import type { DatabaseServer } from '../database/server.ts';
import { memorySecrets } from './memory-secrets.ts';

/** The variable by which the runner tells test files of the PostgreSQL that they share. */
export const testServerVariable = 'TEST_DATABASE_URL';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tc-test-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as somebody else when we are root
  return folder;
}

/** What a test writes need not outlive the machine; the making and dropping of databases waits for the disk otherwise. */
export const unsafe = { fsync: 'off', full_page_writes: 'off' };

let own: Promise<DatabaseServer> | undefined;

/** The PostgreSQL of this test run: shared, or started for this file when it is run alone. */
export async function testServer(): Promise<DatabaseServer> {
  const url = process.env[testServerVariable];
  if (url) return externalServer(url);
  own ??= startOwn();
  return own;
}

async function startOwn(): Promise<DatabaseServer> {
  const folder = temporaryFolder();
  const server = await embeddedServer({
    dataFolder: folder,
    secrets: memorySecrets(),
    connections: 60,
    parameters: unsafe,
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// When all hooks of the file are done, since those close what uses it.
process.once('beforeExit', async () => (await own)?.stop());

/** A prefix for databases and roles that no other test has. */
export const testPrefix = () => `t${Math.random().toString(36).slice(2, 10)}_`;
