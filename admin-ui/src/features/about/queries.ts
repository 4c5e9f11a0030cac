import { useApi } from '@task-connect/console';
import type { Answer, ItemOf } from '../../api/answer.ts';

export type AboutPlatform = Answer<'GET /api/platform/about'>;
export type Licence = ItemOf<'GET /api/platform/licences'>;

export const useAbout = () => useApi<AboutPlatform>('/api/platform/about', { every: 30_000 });

export const useLicences = () => useApi<{ items: Licence[] }>('/api/platform/licences');

export const useLicenceText = ({ name, version, hasText }: Licence) =>
  useApi<Answer<'GET /api/platform/licences/text'>>(hasText ? '/api/platform/licences/text' : null, {
    query: { name, version },
  });
