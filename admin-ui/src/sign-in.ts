import { ApiProblem, api, type Me } from '@task-connect/console';
import { actInOrganisation, addressOf, lookedAt, queryClient } from '@task-connect/console/shell';

/** The first answers; the console is drawn with them, so that nothing moves afterwards. */
export type Session = { me: Me } | { problem: ApiProblem };

/** Asks who is signed in. Nobody: the browser goes to the login and comes back here. */
export async function signIn(): Promise<Session | undefined> {
  actInOrganisation(lookedAt.get());
  try {
    const me = await api.get<Me>('/api/me').catch((error: unknown) => {
      // One that was left in the meantime must not lock the person out.
      if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
      lookedAt.set(undefined);
      actInOrganisation(undefined);
      return api.get<Me>('/api/me');
    });
    queryClient.setQueryData(['api', '/api/me', {}], me);
    return { me };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status !== 401) return { problem: error };
    location.replace(loginAddress());
    return undefined;
  }
}

/** The login; afterwards the browser comes back to where it is now. */
export const loginAddress = (): string =>
  `${addressOf('/auth/login')}?${new URLSearchParams({ return: location.pathname + location.search })}`;

/** Ends the session here and at the provider. */
export async function signOut(): Promise<void> {
  lookedAt.set(undefined);
  const { location: next } = await api.post<{ location: string }>('/auth/logout');
  location.assign(next);
}
