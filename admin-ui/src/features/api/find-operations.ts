import type { Operation } from './queries.ts';

/** Those that have every word in method, path, summary or permission. */
export function findOperations(operations: readonly Operation[], text: string): Operation[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ method, path, summary, permission }) => {
    const all = `${method} ${path} ${summary} ${permission ?? ''}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
