import { declareProblem, Forbidden } from '@task-connect/sdk';
import type { Exchange } from '../exchange.ts';

export const SignInNeeded = declareProblem({
  type: 'sign-in-needed',
  status: 401,
  title: 'Sign in first',
  detail: () => 'Send “Authorization: Bearer …” with an access token or a personal token, or sign in at the console.',
  headers: () => ({ 'WWW-Authenticate': 'Bearer realm="task-connect"' }),
});

/** Nothing is allowed that is not granted: by being public, by having signed in, or by the permission. */
export function authorise(exchange: Exchange): void {
  const { permission } = exchange.route!;
  if (permission === null) return;
  const { actor } = exchange;
  if (actor.kind === 'anonymous') throw new SignInNeeded({});
  if (permission !== 'signed-in' && !actor.may(permission)) throw new Forbidden({ permission });
}
