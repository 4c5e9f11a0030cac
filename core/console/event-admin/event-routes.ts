import { notFound, type Route } from '@task-connect/sdk';
import { platform } from '../contract.ts';
import { EventMap, eventMap, type MapNeeds } from './event-map.ts';
import { EventWay, eventWay, type WayNeeds } from './event-way.ts';

/** How events flow, and the way of one. */
export const eventRoutes = (given: () => MapNeeds & WayNeeds): Route[] => [
  platform.route({
    method: 'GET',
    path: '/platform/events/map',
    summary: 'Who publishes which events, the queues they wait in, and who handles them, with rates and depths',
    permission: 'platform:manage',
    returns: EventMap,
    handle: () => eventMap(given()),
  }),
  platform.route({
    method: 'GET',
    path: '/platform/events/:eventId',
    summary: 'The whole way of one event: published by whom, and what each handler made of it',
    description:
      'Marks of handlers are kept for 30 days, the publishing of the newest 100,000 events of a plugin. Its data is there as long as a handler has yet to be done with it.',
    permission: 'platform:manage',
    returns: EventWay,
    handle: async ({ params: { eventId } }) => (await eventWay(given(), eventId)) ?? notFound('event', eventId),
  }),
];
