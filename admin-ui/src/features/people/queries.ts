import { api, useApiPages, useChange } from '@task-connect/console';

export type Account = {
  id: string;
  name: string;
  address: string | null;
  addressVerified: boolean;
  active: boolean;
  platformRoles: string[];
  createdAt: string;
  lastSeenAt: string | null;
  version: number;
};

export const useAccounts = (text: string) => useApiPages<Account>('/api/people', { query: { text, count: true } });

export const useAddAccount = () =>
  useChange({
    send: (account: { name: string; address: string }) =>
      api.post<Account & { link: string | null }>('/api/people', account),
    refreshes: ['/api/people'],
  });

export const useChangeAccount = () =>
  useChange({
    send: ({ account, patch }: { account: Account; patch: { active?: boolean; platformRoles?: string[] } }) =>
      api.patch<Account>(`/api/people/${account.id}`, patch, { version: account.version }),
    refreshes: ['/api/people'],
  });
