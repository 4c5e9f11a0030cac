import pg from 'pg';
import { type ConnectionConfig, cut, farewell, streamOf } from './connection.ts';
import { NoConnection } from './connection-lost.ts';
import { heldConnections } from './nesting.ts';
import { makeWatch } from './watch.ts';

// All connections of this process, within one limit. It promises that never more are open than that, whatever they are
// for; that who waits gets one in a fair order, or an error after a while; and that holders who wait for a second
// connection do not lock each other out: places are kept back for them (`kept`), one for each connection held already.
//
// Why that is enough: who holds `d` connections is given one while fewer than `limit - (kept - d)` are in use. Let `d` be
// the deepest that waits. All that hold less than `d` got theirs below that bound, so some place is in use by one that
// holds `d` or more, and that one does not wait. Uses between plugins have no circles, so it comes to its end.

/** How to open one, asked when its turn has come. */
export type Open = () => Promise<ConnectionConfig>;

export type Connections = {
  /** One of a key, an idle one where there is one; `release(true)` ends it. */
  take(key: string, open: Open): Promise<pg.PoolClient>;
  /** One that is used once and ended by its user. */
  lend(open: Open): Promise<pg.Client>;
  /** The same for one that is held long, such as a listener: what is left for others shrinks by one. */
  occupy(open: Open): Promise<pg.Client>;
  /** Idle ones of a key are ended now, those in use when they are released; resolves when they are gone. */
  retire(key: string): Promise<void>;
  /** Ends those of a key that are in use. */
  cut(key: string): void;
  gauge(): { key: string; open: number; idle: number; waiting: number }[];
};

type Kind = 'take' | 'lend' | 'occupy';
type Member = {
  key: string;
  kind: Kind;
  client?: pg.Client;
  retired: boolean;
  idle: boolean;
  idleTimer?: NodeJS.Timeout;
  gone: PromiseWithResolvers<void>;
};
type Waiter = {
  key: string;
  kind: Kind;
  depth: number;
  open: Open;
  answer: PromiseWithResolvers<pg.Client>;
  timer: NodeJS.Timeout;
};

const perKey = 10;
const idleMilliseconds = 30_000;

export function makeConnections(needs: {
  limit: number;
  waitMilliseconds?: number | undefined;
  mostWaiting?: number;
}): Connections {
  const { waitMilliseconds = 10_000, mostWaiting = 2000 } = needs;
  const kept = Math.min(3, Math.floor(needs.limit / 4));
  const watch = makeWatch();
  const members = new Set<Member>();
  const idle = new Map<string, Member[]>();
  const busy = new Map<string, number>();
  let inUse = 0;
  let occupied = 0;
  let leaving = 0;
  let waiters: Waiter[] = [];

  const limit = () => needs.limit - occupied;
  const capacity = (depth: number) => Math.max(1, limit() - Math.max(0, kept - depth));
  const mostOf = () => Math.max(2, Math.min(perKey, capacity(0) - 2));

  function mayHave({ kind, key, depth }: Pick<Waiter, 'kind' | 'key' | 'depth'>): boolean {
    if (kind === 'occupy') return inUse + occupied < needs.limit;
    // One that holds nothing must not take all places of a busy database's neighbours.
    if (kind === 'take' && depth === 0 && (busy.get(key) ?? 0) >= mostOf()) return false;
    return inUse < capacity(depth);
  }

  const inTurn = (a: Waiter, b: Waiter) => b.depth - a.depth || (busy.get(a.key) ?? 0) - (busy.get(b.key) ?? 0);

  function count(member: Pick<Member, 'key' | 'kind'>, by: 1 | -1): void {
    if (member.kind === 'occupy') {
      occupied += by;
      return;
    }
    inUse += by;
    busy.set(member.key, (busy.get(member.key) ?? 0) + by);
  }

  function pulse(): void {
    for (let again = waiters.length > 0; again; ) {
      again = false;
      // Each grant changes whose turn is next.
      for (const waiter of waiters.toSorted(inTurn)) {
        if (!mayHave(waiter)) continue;
        if (!grant(waiter)) return;
        again = waiters.length > 0;
        break;
      }
    }
  }

  /** False when a place has to become free first, which it will by itself. */
  function grant(waiter: Waiter): boolean {
    const found = waiter.kind === 'take' ? idle.get(waiter.key)?.pop() : undefined;
    if (!found && members.size >= needs.limit) {
      if (leaving === 0) evict();
      return false;
    }
    waiters = waiters.filter((each) => each !== waiter);
    clearTimeout(waiter.timer);
    if (found) waiter.answer.resolve(wake(found));
    else void begin(waiter);
    return true;
  }

  /** The one that was idle longest. */
  function evict(): void {
    const [oldest] = [...members].filter((each) => each.idle);
    if (!oldest) return;
    leaving += 1;
    oldest.gone.promise.then(() => {
      leaving -= 1;
      pulse();
    });
    leave(oldest);
  }

  function wake(member: Member): pg.Client {
    member.idle = false;
    clearTimeout(member.idleTimer);
    count(member, 1);
    const client = member.client as pg.PoolClient;
    streamOf(client).ref();
    let released = false;
    client.release = (broken) => {
      if (released) throw new Error('A connection was released twice.');
      released = true;
      rest(member, Boolean(broken));
    };
    return client;
  }

  function rest(member: Member, broken: boolean): void {
    count(member, -1);
    const { _queryable: usable } = member.client as unknown as { _queryable: boolean };
    if (broken || member.retired || !usable || !members.has(member)) {
      leave(member);
    } else {
      member.idle = true;
      // The set keeps the order in which they came to rest.
      members.delete(member);
      members.add(member);
      const resting = idle.get(member.key);
      if (resting) resting.push(member);
      else idle.set(member.key, [member]);
      member.idleTimer = setTimeout(leave, idleMilliseconds, member);
      member.idleTimer.unref();
      streamOf(member.client!).unref();
    }
    pulse();
  }

  /** Says goodbye; a server that does not answer to it is left. */
  function leave(member: Member): void {
    member.idle = false;
    clearTimeout(member.idleTimer);
    const resting = idle.get(member.key);
    if (resting?.includes(member))
      idle.set(
        member.key,
        resting.filter((each) => each !== member),
      );
    if (member.client && members.has(member)) void farewell(member.client);
  }

  async function begin({ key, kind, open, answer }: Waiter): Promise<void> {
    const member: Member = { key, kind, retired: false, idle: false, gone: Promise.withResolvers() };
    members.add(member);
    count(member, 1);
    const isGone = () => {
      if (!members.delete(member)) return;
      if (kind !== 'take') count(member, -1);
      if (member.idle) leave(member);
      member.gone.resolve();
      pulse();
    };
    try {
      const config = await open();
      watch.mustAnswer(config);
      const client = new pg.Client(config);
      // Unheard it would end the process. One in use fails its query, which is heard there.
      client.on('error', () => member.idle && leave(member));
      await client.connect().catch((error) => {
        cut(client, 'It was not opened.');
        throw error;
      });
      member.client = client;
      client.once('end', isGone);
      watch.add(client, config, config.longest);
      if (kind !== 'take') return answer.resolve(client);
      count(member, -1);
      answer.resolve(wake(member));
    } catch (error) {
      if (kind === 'take') count(member, -1);
      isGone();
      answer.reject(error);
    }
  }

  function ask(key: string, kind: Kind, open: Open): Promise<pg.Client> {
    const depth = heldConnections();
    const resting = idle.get(key);
    if (kind === 'take' && waiters.length === 0 && resting?.length && mayHave({ kind, key, depth }))
      return Promise.resolve(wake(resting.pop()!));
    if (waiters.length >= mostWaiting)
      return Promise.reject(new NoConnection(`${waiters.length} wait for a connection to the database already.`));
    const answer = Promise.withResolvers<pg.Client>();
    const timer = setTimeout(() => {
      waiters = waiters.filter((each) => each !== waiter);
      const seconds = waitMilliseconds / 1000;
      answer.reject(new NoConnection(`No connection to the database became free within ${seconds} s.`));
    }, waitMilliseconds);
    const waiter: Waiter = { key, kind, depth, open, answer, timer };
    waiters.push(waiter);
    pulse();
    return answer.promise;
  }

  const of = (key: string) => [...members].filter((each) => each.key === key);

  return {
    take: (key, open) => ask(key, 'take', open) as Promise<pg.PoolClient>,
    lend: (open) => ask('provision', 'lend', open),
    occupy: (open) => ask('listen', 'occupy', open),
    async retire(key) {
      const these = of(key);
      for (const member of these) {
        member.retired = true;
        if (member.idle) leave(member);
      }
      await Promise.all(these.map((member) => member.gone.promise));
    },
    cut(key) {
      for (const { client } of of(key)) if (client) cut(client, 'The connection was taken away.');
    },
    gauge() {
      const keys = new Set([...members, ...waiters].map(({ key }) => key));
      return [...keys].map((key) => ({
        key,
        open: of(key).length,
        idle: idle.get(key)?.length ?? 0,
        waiting: waiters.filter((each) => each.key === key).length,
      }));
    },
  };
}
