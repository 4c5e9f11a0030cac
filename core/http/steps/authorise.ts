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
  const { permission, readOnly } = exchange.route!;
  if (permission === null) return;
  const { actor } = exchange;
  if (actor.kind === 'anonymous') throw new SignInNeeded({});
  const needed = permission === 'signed-in' ? (readOnly ? undefined : asWideAsItsPerson) : permission;
  if (needed !== undefined && !actor.may(needed)) throw new Forbidden({ permission: needed });
}

/** What has no permission of its own to name in a token is changed by no token that is narrower than its person. */
const asWideAsItsPerson = '*';
