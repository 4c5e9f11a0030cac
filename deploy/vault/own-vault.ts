import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// For tests: an empty OpenBao of their own on free ports. SERVICES_HOME/openbao/bao is its program.

const program = join(process.env.SERVICES_HOME ?? '/var/tmp/tc-services', 'openbao', 'bao');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export async function ownVault() {
  const folder = mkdtempSync(join(tmpdir(), 'tc-vault-'));
  const [port, cluster] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(folder, 'vault.hcl'),
    `storage "raft" {\n  path = "${folder}"\n  node_id = "test"\n}
listener "tcp" {\n  address = "127.0.0.1:${port}"\n  tls_disable = true\n}
audit "file" "file" {\n  options {\n    file_path = "${folder}/audit.log"\n  }\n}
api_addr = "${url}"\ncluster_addr = "http://127.0.0.1:${cluster}"\n`,
  );
  const start = () => spawn(program, ['server', `-config=${join(folder, 'vault.hcl')}`], { stdio: 'ignore' });
  let running = start();
  async function stop(): Promise<void> {
    if (running.exitCode !== null || running.signalCode !== null) return;
    running.kill('SIGTERM');
    await once(running, 'exit');
  }
  return {
    url,
    folder,
    /** As after a reboot: it is sealed then. */
    async restart() {
      await stop();
      running = start();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
