// How a process of ours comes to its end: asked by a signal or because the one that began it is gone, or driven by an
// error that nobody caught. Whoever holds something open waits for `asked` and closes it; a second request does not wait.

export type Ending = {
  reason: string;
  /** By an error of ours, not because somebody asked. */
  byFault: boolean;
  /** What an unfinished command ends with. */
  exitCode: number;
};

export type Endings = {
  readonly asked: Promise<Ending>;
  /** What was asked so far. */
  now(): Ending | undefined;
} & Disposable;

const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
// One Ctrl-C comes up to three times: from the terminal, from npm and from the bootstrap.
const sameMilliseconds = 500;

export function listenForEnding(
  failed: (error: unknown) => void,
  own: Pick<NodeJS.Process, 'on' | 'off' | 'exit' | 'connected'> = process,
  now: () => number = () => performance.now(),
): Endings {
  let ending: Ending | undefined;
  let askedAt = 0;
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const stack = new DisposableStack();

  function on(event: string, heard: (...given: never[]) => void): void {
    own.on(event, heard as () => void);
    stack.defer(() => void own.off(event, heard as () => void));
  }

  function ask(next: Ending): void {
    if (ending === undefined) {
      ending = next;
      askedAt = now();
      resolve(next);
    } else if (now() - askedAt > sameMilliseconds) {
      own.exit(next.exitCode);
    }
  }

  for (const [signal, exitCode] of Object.entries(signals))
    on(signal, () => ask({ reason: signal, byFault: false, exitCode }));
  if (own.connected) {
    on('disconnect', () => ask({ reason: 'The process that started it is gone', byFault: false, exitCode: 1 }));
  }
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    on(event, (error: unknown) => {
      failed(error);
      ask({ reason: 'An error that nothing caught', byFault: true, exitCode: 1 });
    });
  }
  return { asked: promise, now: () => ending, [Symbol.dispose]: () => stack.dispose() };
}

/** Ends the process if what should be over in good order is not over by then. */
export function notLongerThan(seconds: number): Disposable {
  const timer = setTimeout(() => process.exit(1), seconds * 1000);
  timer.unref();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
