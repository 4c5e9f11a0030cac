import { api, editItems, useApiPages, useChange } from '@task-connect/console';
import type { ItemOf } from '../../api/answer.ts';

export type DeadLetter = ItemOf<'GET /api/platform/dead-letters'>;

const list = '/api/platform/dead-letters';

export const useDeadLetters = (plugin: string | null) =>
  useApiPages<DeadLetter>(list, { query: { plugin, count: true } });

export const useReplay = () =>
  useChange({
    send: async (letter: DeadLetter) => {
      await api.post(`${list}/${letter.id}/replay`);
      return letter;
    },
    edits: (letter) => [editItems<DeadLetter>(list, (letters) => letters.filter((one) => one.id !== letter.id))],
    refreshes: [list, '/api/platform/plugins'],
  });

export const useReplayAll = () =>
  useChange({
    send: async (plugin: string | null) => {
      await api.post(`${list}/replay`, plugin ? { plugin } : {});
      return true;
    },
    refreshes: [list, '/api/platform/plugins'],
  });
