import { randomBytes } from 'node:crypto';
import type { Route, z } from '@task-connect/sdk';
import { newTrace, traceparentOf } from '../../observability/trace.ts';
import { NewAccount as AccountShape } from '../../people/person/person.ts';
import { type AtPlatform, CommandFailed, platformCommand, UsageError } from '../command.ts';

export const createUser = platformCommand({
  name: 'user create',
  usage: '',
  summary: 'Make an account; a one-time password is printed, or an invitation is mailed',
  options: {
    email: { type: 'string', takes: 'ADDRESS', means: 'The mail address to sign in with' },
    name: { type: 'string', takes: 'NAME', means: 'What the person is called' },
    admin: { type: 'boolean', means: 'They may manage the platform' },
    invite: { type: 'boolean', means: 'Mail a link by which they choose a password; it is printed, too' },
  },
  async run({ options: { email, name, admin, invite } }, at) {
    const parsed = AccountShape.safeParse({ name, address: email, platformRoles: admin ? ['administrator'] : [] });
    if (!parsed.success) {
      const { path } = parsed.error.issues[0]!;
      throw new UsageError(
        path[0] === 'address'
          ? '--email takes a mail address, such as name@example.org.'
          : '--name takes one line of text.',
      );
    }
    return invite ? invited(parsed.data, at) : withPassword(parsed.data, at);
  },
  show: ({ address, oneTimePassword, link }) =>
    oneTimePassword
      ? `${address} has the one-time password ${oneTimePassword}`
      : link
        ? `A letter to ${address} is on its way. Its link: ${link}`
        : `A letter to ${address} is on its way.`,
});

type NewAccount = z.infer<typeof AccountShape>;
type Made = { id: string; address: string; oneTimePassword: string | null; link: string | null };

async function withPassword(account: NewAccount, { platform, record }: AtPlatform): Promise<Made> {
  const { settings, identity } = platform;
  if (settings.oidcIssuer) {
    throw new CommandFailed(`Passwords are kept by ${settings.oidcIssuer}: make the account there, or say --invite.`);
  }
  const { readablePassword } = await import('../../identity/first-administrator.ts');
  const oneTimePassword = readablePassword(randomBytes);
  const id = await identity.createPerson({ ...account, password: oneTimePassword, mustChange: true });
  await record({ action: 'person.made', subject: id, after: account });
  return { id, address: account.address, oneTimePassword, link: null };
}

const isAddPerson = ({ method, path }: Route) => method === 'POST' && path === '/people';

/** As an administrator does it in the console: the same route, which also keeps the audit row and sends the letter. */
async function invited(account: NewAccount, { platform, by }: AtPlatform): Promise<Made> {
  const active = platform.kernel.registry().active.find(({ routes }) => routes.some(isAddPerson))!;
  const request = { body: account, actor: by, requestId: 'command-line', address: null };
  const made = await active.unitOfWork(
    { actor: by, reach: 'operator', requestId: request.requestId, traceparent: traceparentOf(newTrace()) },
    (context) => active.routes.find(isAddPerson)!.handle(request as never, context as never),
  );
  const { id, link } = made as { id: string; link: string | null };
  return { id, address: account.address, oneTimePassword: null, link };
}
