import { notFound } from '@task-connect/sdk';
import { z } from 'zod';
import { tasks } from '../contract.ts';
import { blocksBetween, toBlock } from '../plan/planned-block-table.ts';
import { calendarText } from './calendar-text.ts';
import { FeedState, NewFeed } from './feed.ts';
import { feedSince, feedTasks, keepFeedSince } from './feed-table.ts';

export const getFeed = tasks.route({
  method: 'GET',
  path: '/task-feeds',
  summary: 'See whether your calendar has a secret address',
  permission: 'tasks:read',
  returns: FeedState,
  handle: async ({ actor }, { tx }) => ({ since: await feedSince(tx, actor) }),
});

export const openFeed = tasks.route({
  method: 'POST',
  path: '/task-feeds',
  summary: 'Give your calendar a new secret address',
  description: 'The one before leads nowhere from then on.',
  permission: 'tasks:write',
  status: 201,
  returns: NewFeed,
  async handle({ actor }, { tx, addresses, clock, publicUrl }) {
    await addresses.revoke(actor.person);
    const token = await addresses.issue(actor.person);
    const since = clock.now().toString();
    await keepFeedSince(tx, actor, since);
    return { address: `${publicUrl}/api/task-feeds/${token}/tasks.ics`, since };
  },
});

export const closeFeed = tasks.route({
  method: 'DELETE',
  path: '/task-feeds',
  summary: 'Let the secret address of your calendar lead nowhere',
  permission: 'tasks:write',
  async handle({ actor }, { tx, addresses }) {
    await addresses.revoke(actor.person);
    await keepFeedSince(tx, actor, null);
  },
});

export const readFeed = tasks.publicStream({
  path: '/task-feeds/:token/tasks.ics',
  summary: 'The calendar at its secret address, as iCalendar',
  reason: 'Calendar programs cannot sign in; the address itself is the secret, and can be revoked',
  address: 'token',
  params: z.object({ token: z.string().min(10).max(100) }),
  async handle({ params }, { actor, unitOfWork, people, resource, clock, publicUrl }) {
    const members = await people.members(actor.organisation);
    // Who has left the organisation reads nothing of it any more.
    if (!resource || !members.some(({ person }) => person === resource)) notFound('calendar', params.token);
    const owner = { organisation: actor.organisation, person: resource };
    const now = clock.now();
    const text = await unitOfWork(async ({ tx }) => {
      const today = now.toZonedDateTimeISO('UTC').toPlainDate();
      const day = (days: number) => today.add({ days }).toString();
      const found = await feedTasks(tx, owner, day(-30), day(400));
      const hours = (days: number) => now.add({ hours: 24 * days }).toString();
      const blocks = await blocksBetween(tx, owner, { from: hours(-30), to: hours(400) });
      return calendarText({ tasks: found, blocks: blocks.map(toBlock), publicUrl }, now);
    });
    const headers = { 'Content-Type': 'text/calendar; charset=utf-8', 'Cache-Control': 'private, max-age=300' };
    return { headers, body: new TextEncoder().encode(text) };
  },
});
