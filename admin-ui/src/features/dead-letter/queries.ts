import { api, editItems, useApiPages, useChange } from '@task-connect/console';
import type { ItemOf } from '../../api/answer.ts';

export type DeadLetter = ItemOf<'GET /api/platform/dead-letters'>;
export type Which = { plugin: string | null; queue: string | null };

const list = '/api/platform/dead-letters';
const refreshes = [list, '/api/platform/plugins', '/api/platform/events', '/health'];

export const useDeadLetters = ({ plugin, queue }: Which) =>
  useApiPages<DeadLetter>(list, { query: { plugin, queue, count: true } });

const without = (ids: readonly string[]) => [
  editItems<DeadLetter>(list, (letters) => letters.filter((one) => !ids.includes(one.id))),
];

/** Handles those that are named again; they leave the list at once. */
export const useReplay = () =>
  useChange({
    send: (ids: readonly string[]) => api.post<{ replayed: number }>(`${list}/replay`, { ids }),
    edits: without,
    refreshes,
  });

/** All of a plugin, of a queue, or all there are. */
export const useReplayAll = () =>
  useChange({
    send: ({ plugin, queue }: Which) =>
      api.post<{ replayed: number }>(`${list}/replay`, { ...(plugin && { plugin }), ...(queue && { queue }) }),
    refreshes,
  });

export const useDiscard = () =>
  useChange({
    send: (body: { ids: readonly string[]; reason: string }) =>
      api.post<{ discarded: number }>(`${list}/discard`, body),
    edits: ({ ids }) => without(ids),
    refreshes,
  });
