import { useApi } from '../api/use-api.ts';
import { useMe } from './me.ts';

export type Member = { person: string; name: string; address: string | null; role: string };

/** The members of the organisation that is looked at; undefined until they are known. */
export function useMembers(): readonly Member[] | undefined {
  const { organisation } = useMe();
  return useApi<{ items: Member[] }>(`/api/organisations/${organisation.id}/members`).data?.items;
}
