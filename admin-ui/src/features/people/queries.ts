import { api, type Member, useApi, useApiPages, useChange } from '@task-connect/console';
import type { Answer, Body, ItemOf } from '../../api/answer.ts';

export type Account = ItemOf<'GET /api/people'>;
export type PersonDetail = Answer<'GET /api/people/{personId}'>;
export type ListedOrganisation = ItemOf<'GET /api/people/organisations'>;
export type OrganisationDetail = Answer<'GET /api/people/organisations/{organisationId}'>;

export type AccountFilter = { text: string; active?: boolean; verified?: boolean; role?: string };

export const useAccounts = (filter: AccountFilter) =>
  useApiPages<Account>('/api/people', { query: { ...filter, count: true } });

export const usePerson = (id: string) => useApi<PersonDetail>(`/api/people/${id}`);

export const useAddAccount = () =>
  useChange({
    send: (account: Body<'POST /api/people'>) => api.post<Answer<'POST /api/people'>>('/api/people', account),
    refreshes: ['/api/people', '/api/platform/audit'],
  });

export const useChangeAccount = () =>
  useChange({
    send: ({
      account,
      patch,
    }: {
      account: Pick<Account, 'id' | 'version'>;
      patch: Body<'PATCH /api/people/{personId}'>;
    }) =>
      api.patch<Answer<'PATCH /api/people/{personId}'>>(`/api/people/${account.id}`, patch, {
        version: account.version,
      }),
    refreshes: ['/api/people', '/api/platform/audit'],
  });

export const usePasswordMail = (id: string) =>
  useChange({
    send: () => api.post<Answer<'POST /api/people/{personId}/password-mail'>>(`/api/people/${id}/password-mail`),
    refreshes: ['/api/platform/audit'],
  });

export const useUnlock = (id: string) =>
  useChange({
    send: () => api.post<{ waited: boolean }>(`/api/people/${id}/unlock`),
    refreshes: ['/api/people', '/api/platform/audit'],
  });

/** Ends something of a person by its path below them. */
export const useEnd = (id: string) =>
  useChange({
    send: async (path: string) => {
      await api.delete(`/api/people/${id}/${path}`);
      return true;
    },
    refreshes: ['/api/people', '/api/platform/audit'],
  });

const at = (id: string) => `/api/people/organisations/${id}`;

export const useAllOrganisations = (text: string, personal: boolean) =>
  useApiPages<ListedOrganisation>('/api/people/organisations', { query: { text, personal, count: true } });

export const useAnyOrganisation = (id: string) => useApi<OrganisationDetail>(at(id));

export const useAnyMembers = (id: string) =>
  useApiPages<Member & { joinedAt: string }>(`${at(id)}/members`, { query: { count: true } });

export const usePutMember = (id: string) =>
  useChange({
    send: ({ person, role }: { person: string; role: string }) =>
      api.put<Member>(`${at(id)}/members/${person}`, { role }),
    refreshes: ['/api/people', '/api/platform/audit'],
  });

export const useTakeMember = (id: string) =>
  useChange({
    send: async (person: string) => {
      await api.delete(`${at(id)}/members/${person}`);
      return true;
    },
    refreshes: ['/api/people', '/api/platform/audit'],
  });

export const useRenameAny = (id: string) =>
  useChange({
    send: ({ name, version }: { name: string; version: number }) =>
      api.patch<ListedOrganisation>(at(id), { name }, { version }),
    refreshes: ['/api/people', '/api/me', '/api/platform/audit'],
  });

export const useResendAny = (id: string) =>
  useChange({
    send: (invitation: string) => api.post<{ link: string }>(`${at(id)}/invitations/${invitation}/resend`),
    refreshes: ['/api/people', '/api/platform/audit'],
  });

export const useWithdrawAny = (id: string) =>
  useChange({
    send: async (invitation: string) => {
      await api.delete(`${at(id)}/invitations/${invitation}`);
      return true;
    },
    refreshes: ['/api/people', '/api/platform/audit'],
  });
