import { api, refresh } from '@task-connect/console';
import { makeStore } from '@task-connect/console/shell';
import type { Answer } from '../../api/answer.ts';

/** A token for trying routes, in the memory of this tab alone; gone with a reload, and with its hour. */
export const trialToken = makeStore<{ id: string; token: string; until: string } | undefined>(undefined);

/** For all that oneself may: which permission is tried next is not known yet. */
export async function makeTrialToken(): Promise<void> {
  const until = Temporal.Now.instant().add({ hours: 1 }).toString();
  const made = await api.post<Answer<'POST /api/me/tokens'>>('/api/me/tokens', {
    name: 'API reference',
    scopes: ['*'],
    expiresAt: until,
  });
  trialToken.set({ id: made.id, token: made.token, until });
  void refresh('/api/me/tokens');
}

export async function revokeTrialToken(): Promise<void> {
  const held = trialToken.get();
  trialToken.set(undefined);
  if (held) await api.delete(`/api/me/tokens/${held.id}`);
  void refresh('/api/me/tokens');
}
