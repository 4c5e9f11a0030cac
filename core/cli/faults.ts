import { Problem } from '@task-connect/sdk';

// What is told of an error: one line that says what is and what to do. Errors that were made to be read are told as
// they are; of others the message, and where to see more.

export type Fault = { message: string; exitCode: number; expected: boolean };

/** By name, since their modules bring a database with them that most commands do not need. */
const madeToBeRead = new Set([
  'CommandFailed',
  'DataFolderError',
  'FolderTaken',
  'LockTaken',
  'MigrationRefused',
  'SecretChanged',
  'SecretsError',
  'ServerUnavailable',
  'SettingsError',
  'UsageError',
  'NotThereYet',
]);

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1, expected: false };
  if (error instanceof Problem) return { message: wordsOf(error), exitCode: 1, expected: true };
  const expected = madeToBeRead.has(error.name);
  const exitCode = error.name === 'UsageError' ? 2 : 1;
  const message = expected ? error.message : `${oneLine(error)} (TC_LOG_LEVEL=debug shows where it comes from.)`;
  return { message, exitCode, expected };
}

function wordsOf(problem: Problem): string {
  const errors = (problem.fields.errors ?? []) as { pointer: string; detail: string }[];
  if (errors.length < 2) return problem.message;
  return errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n');
}

/** The errors of a connection that was tried at several addresses have no message of their own. */
function oneLine(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors.map((each) => (each as Error).message).join('; ') : '';
  return (error.message || inner || error.name).split('\n')[0]!;
}
