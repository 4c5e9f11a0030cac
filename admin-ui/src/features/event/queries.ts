import { useApi } from '@task-connect/console';
import type { Answer } from '../../api/answer.ts';

export type EventMap = Answer<'GET /api/platform/events/map'>;
export type EventWay = Answer<'GET /api/platform/events/{eventId}'>;
export type WayStep = EventWay['steps'][number];
export type Queue = EventMap['queues'][number];

const path = '/api/platform/events';

/** Read again every five seconds while it is looked at, so that the map moves. */
export const useEventMap = () => useApi<EventMap>(`${path}/map`, { live: ['plugins-changed'], every: 5000 });

export const useEventWay = (id: string) => useApi<EventWay>(`${path}/${encodeURIComponent(id)}`, { every: 5000 });
