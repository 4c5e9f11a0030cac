import { api, editOf, type Me, useApi, useApiPages, useChange } from '@task-connect/console';
import type { MePatch } from '@task-connect/console/shell';

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

export type Token = {
  id: string;
  name: string;
  scopes: string[];
  organisation: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
};

export const useTokens = () => useApiPages<Token>('/api/me/tokens');

export const useIssueToken = () =>
  useChange({
    send: (token: { name: string; scopes: string[]; expiresAt: string | null }) =>
      api.post<Token & { token: string }>('/api/me/tokens', token),
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

export type Session = {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  userAgent: string;
  address: string;
};

export const useSessions = () => useApi<{ items: Session[] }>('/api/me/sessions');

export const useEndSession = () =>
  useChange({
    send: async (session: Session) => {
      await api.delete(`/api/me/sessions/${session.id}`);
      return true;
    },
    refreshes: ['/api/me/sessions'],
  });
