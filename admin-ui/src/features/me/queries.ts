import { api, editOf, type Me, useApi, useApiPages, useChange } from '@task-connect/console';
import type { MePatch } from '@task-connect/console/shell';
import type { Answer, Body, ItemOf } from '../../api/answer.ts';

/** Changes the profile; what is not given stays, of the preferences each by itself. */
export const useSaveMe = () =>
  useChange({
    send: (patch: MePatch) => api.patch<Me>('/api/me', patch),
    edits: (patch) => [
      editOf<Me>('/api/me', (me) =>
        me.platformRoles ? { ...me, ...patch, preferences: { ...me.preferences, ...patch.preferences } } : me,
      ),
    ],
    refreshes: ['/api/me'],
  });

export type Token = ItemOf<'GET /api/me/tokens'>;

export const useTokens = () => useApiPages<Token>('/api/me/tokens');

export const useIssueToken = () =>
  useChange({
    send: (token: Body<'POST /api/me/tokens'>) => api.post<Answer<'POST /api/me/tokens'>>('/api/me/tokens', token),
    refreshes: ['/api/me/tokens'],
  });

export const useRevokeToken = () =>
  useChange({
    send: async (token: Token) => {
      await api.delete(`/api/me/tokens/${token.id}`);
      return true;
    },
    refreshes: ['/api/me/tokens'],
  });

export type Session = ItemOf<'GET /api/me/sessions'>;

export const useSessions = () => useApi<{ items: Session[] }>('/api/me/sessions');

export const useEndSession = () =>
  useChange({
    send: async (session: Session) => {
      await api.delete(`/api/me/sessions/${session.id}`);
      return true;
    },
    refreshes: ['/api/me/sessions'],
  });

export const useEndOtherSessions = () =>
  useChange({
    send: async () => {
      await api.delete('/api/me/sessions');
      return true;
    },
    refreshes: ['/api/me/sessions', '/api/console/history'],
  });

export const useChangePassword = () =>
  useChange({
    send: (given: Body<'PUT /api/me/password'>) => api.put<Answer<'PUT /api/me/password'>>('/api/me/password', given),
    refreshes: ['/api/me/sessions', '/api/console/history'],
  });
