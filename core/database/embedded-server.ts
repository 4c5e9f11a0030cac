import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@task-connect/sdk';
import type { SecretStore } from '../secrets/secrets.ts';
import { binaries, mustReach, serverIdentity } from './embedded-binaries.ts';
import { clusterSecret, openCluster, supportedVersion } from './embedded-cluster.ts';
import { endLeftPostmaster, type Place, startPostmaster, stopPostmaster } from './postmaster.ts';
import type { DatabaseServer } from './server.ts';

// PostgreSQL from npm's package of binaries, in the data folder. It promises one server per folder, also after kill -9
// of us or of it, and that one which ends by itself is started again. It leaves to its caller the lock on the folder:
// whoever calls owns what is found running there.

/** Starts the server of a data folder; one of an earlier life is ended first. */
export async function embeddedServer(needs: {
  dataFolder: string;
  secrets: SecretStore;
  connections: number;
  /** For servers of tests, whose data nobody misses. */
  parameters?: Readonly<Record<string, string>>;
  log?: Log;
}): Promise<DatabaseServer> {
  const { dataFolder, secrets, connections, parameters = {}, log } = needs;
  const identity = serverIdentity();
  const folder = join(dataFolder, 'postgres');
  mustReach(dataFolder, identity);
  const bin = binaries(identity);
  const place: Place = { bin, dataFolder, folder, identity, connections, parameters };
  const secret = await openCluster(place, secrets);
  await endLeftPostmaster(folder);
  const port = await freePort(Number(secret.port));
  if (port !== secret.port) await secrets.write(clusterSecret, { ...secret, port });

  let child = await startPostmaster(place, port);
  let stopping = false;
  let starting: Promise<void> | undefined;
  watch();

  function watch(): void {
    const ended = () => {
      if (stopping) return;
      log?.error({ ended: child.exitCode ?? child.signalCode }, 'PostgreSQL has ended by itself and is started again');
      starting = startAgain();
    };
    child.unref();
    if (child.exitCode === null && child.signalCode === null) child.once('exit', ended);
    else ended();
  }

  /** On the same port, which everybody knows by now. */
  async function startAgain(): Promise<void> {
    for (let wait = 100; !stopping; wait = Math.min(5000, wait * 2)) {
      try {
        child = await startPostmaster(place, port);
        return watch();
      } catch (error) {
        log?.error({ err: error }, 'PostgreSQL could not be started again; it is tried in a while');
        await pause(wait);
      }
    }
  }

  // However this process ends, by an error or at the second Ctrl-C: it leaves no server behind.
  const quit = () => child.kill('SIGQUIT');
  process.once('exit', quit);
  return {
    kind: 'embedded',
    version: supportedVersion,
    admin: { host: '127.0.0.1', port, database: 'postgres', user: 'postgres', password: String(secret.password) },
    async stop() {
      stopping = true;
      await starting;
      await stopPostmaster(child);
      process.off('exit', quit);
    },
  };
}

/** The port of last time, so that no secret changes with a start; another when somebody else has taken it. */
async function freePort(before: number): Promise<number> {
  const server = createServer();
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await listen(before).catch(() => listen(0));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
