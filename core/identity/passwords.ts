import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

// Passwords as argon2id (RFC 9106), kept in PHC string form with the parameters that made them, so that a change of
// parameters renews a hash at the next sign-in. Promises the same work whether an account exists or not.

export type PasswordCost = { memory: number; passes: number; parallelism: number };

export type Passwords = {
  hash(password: string): Promise<string>;
  /** `stored` undefined (no such account) takes as long and is never right. `renew`: hash it again with today's cost. */
  verify(password: string, stored: string | undefined): Promise<{ right: boolean; renew: boolean }>;
};

// The second of OWASP's equivalent choices: 19 MiB each keeps what a burst of sign-ins takes within bounds.
export const usualCost: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 };

const tagLength = 32;
const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

export function makePasswords({ cost = usualCost, atOnce = 2 } = {}): Passwords {
  const inTurn = makeTurns(atOnce);
  const nobody = write(cost, randomBytes(16), randomBytes(tagLength));

  const run = (password: string, salt: Buffer, { memory, passes, parallelism }: PasswordCost, length: number) =>
    inTurn(() =>
      // NFKC, so that the same letters typed on another keyboard are the same password.
      derive('argon2id', {
        message: password.normalize('NFKC'),
        nonce: salt,
        memory,
        passes,
        parallelism,
        tagLength: length,
      }),
    );

  return {
    async hash(password) {
      const salt = randomBytes(16);
      return write(cost, salt, await run(password, salt, cost, tagLength));
    },
    async verify(password, stored) {
      const known = read(stored ?? nobody);
      if (!known) throw new Error('A stored password is not an argon2id hash in PHC form.');
      const tag = await run(password, known.salt, known.cost, known.tag.length);
      const right = timingSafeEqual(tag, known.tag) && stored !== undefined;
      return { right, renew: right && write(known.cost, known.salt, known.tag) !== write(cost, known.salt, known.tag) };
    },
  };
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

function write({ memory, passes, parallelism }: PasswordCost, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

function read(phc: string): { cost: PasswordCost; salt: Buffer; tag: Buffer } | undefined {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc);
  if (!parts) return undefined;
  const [, memory, passes, parallelism, salt, tag] = parts;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt!, 'base64'),
    tag: Buffer.from(tag!, 'base64'),
  };
}

/** Lets so many run at once; the others wait their turn, so that a flood of sign-ins cannot take all memory. */
function makeTurns(atOnce: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
