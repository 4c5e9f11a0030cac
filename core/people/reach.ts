import { statement, type Tx } from '@task-connect/sdk';

const reachNow = statement<[], { reach: string }>('people.reach', `select current_setting('tc.reach') as reach`);
const setReach = statement<[reach: string], unknown>('people.set-reach', `select set_config('tc.reach', $1, true)`);

/**
 * Works on rows that the person does not see yet: an organisation that is just made, an invitation known by its token.
 * What may be done was decided before; afterwards the transaction sees what it saw.
 */
export async function asCore<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const [before] = await tx.query(reachNow, []);
  await tx.query(setReach, ['system']);
  const result = await work();
  await tx.query(setReach, [before!.reach]);
  return result;
}
