import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';

/** The files of tests below core, plugins, admin-ui and deploy, of those whose path contains one of `parts` where any are given. */
export function testFiles(ending: string, parts: readonly string[]): string[] {
  return globSync([`core/**/*${ending}`, `plugins/**/*${ending}`, `admin-ui/**/*${ending}`, `deploy/**/*${ending}`], {
    exclude: (path) => path.includes('node_modules') || path.includes('/dist'),
  })
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .sort();
}

/** Node's own runner, whose summary is the last thing printed; resolves with its exit code. */
export async function runTests(
  files: readonly string[],
  given: { env: NodeJS.ProcessEnv; concurrency: number; timeoutMilliseconds: number },
): Promise<number> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--test',
      `--test-concurrency=${given.concurrency}`,
      `--test-timeout=${given.timeoutMilliseconds}`,
      ...files,
    ],
    { stdio: 'inherit', env: { ...process.env, ...given.env } },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
}
