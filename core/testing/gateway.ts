import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from './server.ts';

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** A real nginx (Debian’s nginx-light will do) with this configuration, as a process of its own. */
export async function startGateway(
  config: string,
  port: number,
): Promise<AsyncDisposable & { reload(config: string): void }> {
  const folder = temporaryFolder();
  const write = (text: string) =>
    writeFileSync(
      join(folder, 'nginx.conf'),
      `pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
events { worker_connections 512; }
http { access_log off; ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
${text}
}`,
    );
  write(config);
  const nginx = spawn(
    'nginx',
    ['-p', folder, '-e', `${folder}/error.log`, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve, reject) => {
    nginx.once('error', () => reject(new Error('There is no nginx on this machine. Install nginx-light.')));
    nginx.once('exit', () => resolve());
  });
  const up = async () => {
    while (!(await opens(port))) await pause(20);
  };
  await Promise.race([up(), ended.then(() => Promise.reject(new Error(`nginx ended; see ${folder}/error.log`)))]);
  return {
    reload(text) {
      write(text);
      nginx.kill('SIGHUP');
    },
    async [Symbol.asyncDispose]() {
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const opens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
