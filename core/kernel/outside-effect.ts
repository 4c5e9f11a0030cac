import { type Clock, type Outside, type SecretValue, statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';

// Effects outside the database: intent committed, call made with its key, result committed. Killed between the last
// two, the effect may have happened: then `lookUp` is asked, and without it the call is made again with the same key.

const intend = statement<[key: string, at: string], { key: string }>(
  'tc.effect.intend',
  'insert into tc.outside_effect (key, at) values ($1, $2) on conflict do nothing returning key',
);
const find = statement<[key: string], { done: boolean; result: SecretValue | null }>(
  'tc.effect.find',
  'select done, result from tc.outside_effect where key = $1',
);
const complete = statement<[key: string, result: string], never>(
  'tc.effect.complete',
  'update tc.outside_effect set done = true, result = $2::jsonb where key = $1',
);

export const forgetOldEffects = statement<[before: string], never>(
  'tc.effect.forget',
  'delete from tc.outside_effect where at < $1',
);

// A result is what another program said: jsonb refuses NUL and half characters, and what happened must be written down.
const written = (result: SecretValue): string =>
  JSON.stringify(result, (_key, value) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '\ufffd') : value,
  );

export const makeOutside = (database: Database, clock: Clock): Outside =>
  async function outside<Result extends SecretValue>(effect: {
    key: string;
    call: (key: string) => Promise<Result>;
    lookUp?: (key: string) => Promise<Result | undefined>;
  }): Promise<Result> {
    const { key } = effect;
    const [fresh] = await database.query(intend, [key, clock.now().toString()]);
    let result: Result | undefined;
    if (!fresh) {
      const [known] = await database.query(find, [key]);
      if (known?.done) return known.result as Result;
      result = await effect.lookUp?.(key);
    }
    result ??= await effect.call(key);
    await database.query(complete, [key, written(result)]);
    return result;
  };
