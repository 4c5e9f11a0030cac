import { api, type Member, useApi, useApiPages, useChange } from '@task-connect/console';
import type { Answer, Body, ItemOf } from '../../api/answer.ts';

export type Organisation = Answer<'GET /api/organisations/{organisationId}'>;
export type Invitation = ItemOf<'GET /api/organisations/{organisationId}/invitations'>;
export type Role = Body<'PATCH /api/organisations/{organisationId}/members/{personId}'>['role'];
type SentInvitation = Answer<'POST /api/organisations/{organisationId}/invitations'>;

const at = (id: string) => `/api/organisations/${id}`;

export const useOrganisation = (id: string) => useApi<Organisation>(at(id));

export const useMemberList = (id: string) => useApiPages<Member & { joinedAt: string }>(`${at(id)}/members`);

export const useInvitations = (id: string, may: boolean) =>
  useApiPages<Invitation>(may ? `${at(id)}/invitations` : null);

export const useRename = (id: string) =>
  useChange({
    send: ({ name, version }: { name: string; version: number }) =>
      api.patch<Organisation>(at(id), { name }, { version }),
    refreshes: [at(id), '/api/me'],
  });

export const useNewOrganisation = () =>
  useChange({
    send: (name: string) => api.post<Organisation>('/api/organisations', { name }),
    refreshes: ['/api/me'],
  });

export const useChangeRole = (id: string) =>
  useChange({
    send: ({ person, role }: { person: string; role: string }) =>
      api.patch<Member>(`${at(id)}/members/${person}`, { role }),
    refreshes: [`${at(id)}/members`, '/api/me'],
  });

export const useRemoveMember = (id: string) =>
  useChange({
    send: async (person: string) => {
      await api.delete(`${at(id)}/members/${person}`);
      return true;
    },
    refreshes: [`${at(id)}/members`, '/api/me'],
  });

export const useInvite = (id: string) =>
  useChange({
    send: (invitation: { address: string; role: string }) =>
      api.post<SentInvitation>(`${at(id)}/invitations`, invitation),
    refreshes: [`${at(id)}/invitations`],
  });

export const useWithdraw = (id: string) =>
  useChange({
    send: async (invitation: string) => {
      await api.delete(`${at(id)}/invitations/${invitation}`);
      return true;
    },
    refreshes: [`${at(id)}/invitations`],
  });

export const useResend = (id: string) =>
  useChange({
    send: (invitation: string) => api.post<SentInvitation>(`${at(id)}/invitations/${invitation}/resend`),
    refreshes: [`${at(id)}/invitations`],
  });

export const useHandOver = (id: string) =>
  useChange({
    send: (person: string) => api.put<Member>(`${at(id)}/owner`, { person }),
    refreshes: [`${at(id)}/members`, '/api/me'],
  });
