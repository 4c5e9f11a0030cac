import { api, useApi, useChange } from '@task-connect/console';
import type { Answer, Body } from '../../api/answer.ts';
import { dotted } from './secret-path.ts';

export type SecretList = Answer<'GET /api/platform/secrets'>;
export type SecretSummary = SecretList['items'][number];
export type SecretDetail = Answer<'GET /api/platform/secrets/{secret}'>;
export type Revealed = Answer<'POST /api/platform/secrets/{secret}/reveal'>;

const at = (path: string) => `/api/platform/secrets/${dotted(path)}`;
const all = ['/api/platform/secrets'];

export const useSecrets = () => useApi<SecretList>('/api/platform/secrets');

export const useSecret = (path: string) => useApi<SecretDetail>(at(path));

export const useWriteSecret = (path: string) =>
  useChange({
    send: ({ values, version }: Body<'PUT /api/platform/secrets/{secret}'> & { version: number }) =>
      api.put<SecretDetail>(at(path), { values }, { version }),
    refreshes: all,
  });

export const useRotateSecret = (path: string) =>
  useChange({ send: () => api.post<SecretDetail>(`${at(path)}/rotate`), refreshes: all });

export const useReveal = (path: string) =>
  useChange({
    send: (given: Body<'POST /api/platform/secrets/{secret}/reveal'>) =>
      api.post<Revealed>(`${at(path)}/reveal`, given),
  });

export const useDeleteSecret = (path: string) =>
  useChange({
    send: async (version: number) => {
      await api.delete(at(path), { version });
      return true;
    },
    refreshes: all,
  });
