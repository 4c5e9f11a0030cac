import { randomUUID } from 'node:crypto';
import { digestOf, sign } from './digest.ts';

// Tokens that travel in mailed links. They are derived from an id and a key of the secrets store: the database has the
// digest alone, and who sends the mail, perhaps again after a crash, makes the same token from the id.

export type LinkKind = 'verify' | 'reset' | 'change' | 'invitation';

export type Links = {
  issue(kind: LinkKind): { id: string; token: string; digest: string };
  tokenOf(kind: LinkKind, id: string): string;
};

export function makeLinks(key: () => string): Links {
  const tokenOf = (kind: LinkKind, id: string) => sign(key(), `${kind} ${id}`);
  return {
    tokenOf,
    issue(kind) {
      const id = randomUUID();
      const token = tokenOf(kind, id);
      return { id, token, digest: digestOf(token) };
    },
  };
}
