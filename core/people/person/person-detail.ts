import { z } from '@task-connect/sdk';
import { Role } from '../organisation/organisation.ts';
import { Session } from '../session/session-table.ts';
import { Token } from '../token/token.ts';
import { Account } from './person.ts';

/** One account with all that it reaches, as an administrator sees it. */
export const PersonDetail = Account.extend({
  memberships: z.array(
    z.object({ organisation: z.uuid(), name: z.string(), personal: z.boolean(), role: Role, joinedAt: z.string() }),
  ),
  sessions: z.array(Session),
  tokens: z.array(Token.extend({ organisationName: z.string() })),
  password: z
    .enum(['set', 'for-once', 'none'])
    .nullable()
    .describe('null where people sign in at another issuer; for-once: to be changed at the next sign-in'),
  identities: z
    .array(z.object({ issuer: z.string(), subject: z.string(), since: z.string(), suspended: z.boolean() }))
    .describe('Who they are at other issuers'),
  waitsUntil: z.string().nullable().describe('After too many wrong passwords'),
  deactivating: z.array(z.string()).describe('What deactivating it does now, a sentence each'),
});
export type PersonDetail = z.infer<typeof PersonDetail>;

type Reached = Pick<PersonDetail, 'name' | 'sessions' | 'tokens'> & { invitations: number; soleOwnerOf: string[] };

const many = (count: number, one: string, more: string) => (count === 1 ? `One ${one}` : `${count} ${more}`);

/** What deactivating does now, with numbers. */
export function consequencesOf({ name, sessions, tokens, invitations, soleOwnerOf }: Reached): string[] {
  const [browsers, programs] = [sessions.length, tokens.length];
  const sentences = [
    browsers === 0
      ? `${name} cannot sign in.`
      : `${name} is signed out at once: ${many(browsers, 'browser', 'browsers')} now.`,
  ];
  if (programs > 0)
    sentences.push(`${many(programs, 'access token is', 'access tokens are')} revoked, and not given back later.`);
  if (invitations > 0)
    sentences.push(
      `${many(invitations, 'invitation', 'invitations')} that ${name} sent ${invitations === 1 ? 'is' : 'are'} withdrawn.`,
    );
  if (soleOwnerOf.length > 0)
    sentences.push(
      `Nobody else owns ${soleOwnerOf.map((one) => `“${one}”`).join(', ')}: make somebody else an owner there.`,
    );
  sentences.push('Memberships and what was made stay.');
  return sentences;
}
