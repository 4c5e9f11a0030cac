import type { Demo, DemoPerson, DemoWorld } from '@task-connect/sdk';
import type { notifications } from './contract.ts';
import type { Notification } from './notification/notification.ts';
import type { Preference } from './preference/preference.ts';

// Nobody of the demo wants mail, so a year of reminders sends none; and two thirds of what came were read.

type World = DemoWorld<typeof notifications.contract>;

/** Each once, in whichever of their organisations. */
const everybody = ({ organisations }: World): DemoPerson[] => [
  ...new Map(organisations.flatMap(({ people }) => people).map((who) => [who.person, who])).values(),
];

export const demo: Demo<typeof notifications.contract> = {
  async prepare(world) {
    for (const who of everybody(world)) {
      const path = '/notification-preferences';
      const { items } = await world.ask<{ items: Preference[] }>(who, world.now, { method: 'GET', path });
      for (const { plugin, kind, channels } of items) {
        const body = { plugin, kind, channels: { ...channels, email: false } };
        await world.ask(who, world.now, { method: 'PUT', path, body });
      }
    }
  },

  async answer(world) {
    let all = 0;
    let unread = 0;
    for (const who of everybody(world)) {
      const told = await allOf(world, who);
      // The oldest ones; the newest wait.
      const read = told.slice(Math.ceil(told.length / 3));
      for (const { id, createdAt } of read) await readOne(world, who, id, createdAt);
      all += told.length;
      unread += told.length - read.length;
    }
    return { notifications: all, 'of them unread': unread };
  },
};

async function allOf(world: World, who: DemoPerson): Promise<Notification[]> {
  const all: Notification[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: Record<string, string> = { limit: '200', ...(cursor && { cursor }) };
    const page: { items: Notification[]; next: string | null } = await world.ask(who, world.now, {
      method: 'GET',
      path: '/notifications',
      query,
    });
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}

/** Some hours after it came. */
async function readOne(world: World, who: DemoPerson, id: string, createdAt: string): Promise<void> {
  const later = Temporal.Instant.from(createdAt).add({ minutes: 5 + Math.floor(world.random() * 600) });
  const at = Temporal.Instant.compare(later, world.now) < 0 ? later : world.now;
  await world.ask(who, at, { method: 'POST', path: `/notifications/${id}/read` });
}
