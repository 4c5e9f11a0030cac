import { type Actor, notFound, type RequestCredential, type Tx, z } from '@task-connect/sdk';
import { audited } from '../audited.ts';
import { people } from '../contract.ts';
import type { PeopleNeeds } from '../people-plugin.ts';
import { IssuedToken, NewToken, Token } from './token.ts';
import { ExpiryPassed, ExpiryTooLate, ScopeTooWide } from './token-problems.ts';
import { findToken, revokeToken, tokensOf } from './token-table.ts';

const listTokens = people.route({
  method: 'GET',
  path: '/me/tokens',
  summary: 'One’s own personal access tokens',
  permission: 'account:manage',
  returns: z.object({ items: z.array(Token) }),
  handle: async ({ actor }, { tx }) => ({ items: await tx.query(tokensOf, [actor.person]) }),
});

type Maker = { credential: RequestCredential; actor: Actor };

/** A token never gives more than the one, or the person, that makes it. */
function checkScopes(actor: Actor, scopes: readonly string[]) {
  const tooWide = scopes.filter((scope) => !actor.may(scope));
  if (tooWide.length > 0) throw new ScopeTooWide({ scopes: tooWide });
}

/** However it came into foreign hands, what it makes is gone when it is. */
async function checkExpiry(tx: Tx, { credential, actor }: Maker, expiresAt: Temporal.Instant | null) {
  if (credential.kind !== 'personal-token') return;
  const [own] = await tx.query(findToken, [credential.tokenId, actor.person]);
  if (!own?.expiresAt) return;
  const ends = Temporal.Instant.from(own.expiresAt);
  if (!expiresAt || Temporal.Instant.compare(expiresAt, ends) > 0) throw new ExpiryTooLate({ ends: ends.toString() });
}

const issueToken = (given: () => PeopleNeeds) =>
  people.route({
    method: 'POST',
    path: '/me/tokens',
    summary: 'Make a personal access token for the organisation that one acts in',
    description: 'The token is shown in this answer and never again; only its digest is kept.',
    permission: 'account:manage',
    body: NewToken,
    status: 201,
    returns: IssuedToken,
    async handle({ body, actor, credential, address, requestId }, { tx, publish, clock }) {
      checkScopes(actor, body.scopes);
      const expiresAt = body.expiresAt === null ? null : Temporal.Instant.from(body.expiresAt);
      if (expiresAt && Temporal.Instant.compare(expiresAt, clock.now()) <= 0) throw new ExpiryPassed({});
      await checkExpiry(tx, { credential, actor }, expiresAt);
      const { person, organisation } = actor;
      const scopes = [...new Set(body.scopes)];
      const { id, token } = await given().parts.tokens.issue(tx, { ...body, person, organisation, scopes, expiresAt });
      const [row] = await tx.query(findToken, [id, person]);
      const after = { name: body.name, scopes, organisation, expiresAt: body.expiresAt };
      await audited({ actor, address, requestId }, publish, { action: 'token.made', subject: id, after });
      return { ...row!, token };
    },
  });

const endToken = people.route({
  method: 'DELETE',
  path: '/me/tokens/:tokenId',
  summary: 'Revoke a personal access token, at once and everywhere',
  permission: 'account:manage',
  async handle({ params, actor, address, requestId }, { tx, publish, clock }) {
    const { tokenId: id } = params;
    const [revoked] = await tx.query(revokeToken, [id, actor.person, clock.now().toString()]);
    if (!revoked) notFound('token', id);
    await audited({ actor, address, requestId }, publish, { action: 'token.revoked', subject: id, before: revoked });
  },
});

export const tokenRoutes = (given: () => PeopleNeeds) => [listTokens, issueToken(given), endToken];
