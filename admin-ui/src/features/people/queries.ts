import { api, useApiPages, useChange } from '@task-connect/console';
import type { Answer, Body, ItemOf } from '../../api/answer.ts';

export type Account = ItemOf<'GET /api/people'>;

export const useAccounts = (text: string) => useApiPages<Account>('/api/people', { query: { text, count: true } });

export const useAddAccount = () =>
  useChange({
    send: (account: { name: string; address: string }) => api.post<Answer<'POST /api/people'>>('/api/people', account),
    refreshes: ['/api/people'],
  });

export const useChangeAccount = () =>
  useChange({
    send: ({ account, patch }: { account: Account; patch: Body<'PATCH /api/people/{personId}'> }) =>
      api.patch<Answer<'PATCH /api/people/{personId}'>>(`/api/people/${account.id}`, patch, {
        version: account.version,
      }),
    refreshes: ['/api/people'],
  });
