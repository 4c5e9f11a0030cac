import { z } from '@task-connect/sdk';
import { NewToken } from '../../people/token/token.ts';
import { type AtPlatform, CommandFailed, platformCommand, UsageError } from '../command.ts';
import { firstAdministrator, isMember, type PersonRow, personByAddress } from '../person-table.ts';

export const createToken = platformCommand({
  name: 'token create',
  usage: '',
  summary: 'Make a personal access token; it is shown once',
  options: {
    name: { type: 'string', takes: 'NAME', means: 'What it is for' },
    admin: { type: 'boolean', means: 'For the first administrator' },
    email: { type: 'string', takes: 'ADDRESS', means: 'For the person with this address' },
    scopes: { type: 'string', takes: 'A,B,…', means: 'Only these permissions; all of the person’s when not given' },
    expires: {
      type: 'string',
      takes: 'DATE|DAYSd',
      means: 'Until when, as 2027-03-14 or 90d; without end when not given',
    },
    organization: {
      type: 'string',
      takes: 'ID',
      means: 'The organisation that it acts in; the personal one when not given',
    },
  },
  async run({ options }, { platform, record }) {
    if (!options.name) throw new UsageError('--name is missing: say what the token is for.');
    const { data: name, success } = NewToken.shape.name.safeParse(options.name);
    if (!success) throw new UsageError('--name takes one line of at most 120 characters.');
    const expiresAt = options.expires === undefined ? null : instantOf(options.expires, platform.clock.now());
    const scopes = scopesOf(options.scopes, platform);
    const person = await personOf(options, platform);
    const organisation = options.organization ?? person.personalOrganisation;
    if (!z.uuid().safeParse(organisation).success || !(await isMember(platform, organisation, person.id))) {
      throw new CommandFailed(`${person.address} is no member of an organisation ${organisation}.`);
    }
    const issued = await platform.identity.issuePersonalToken({
      person: person.id,
      organisation,
      name,
      scopes,
      expiresAt,
    });
    const result = { name, person: person.id, organisation, scopes, expiresAt: expiresAt?.toString() ?? null };
    await record({ action: 'token.made', subject: issued.id, after: result });
    return { token: issued.token, id: issued.id, ...result };
  },
  show: ({ token }) => token,
});

async function personOf(given: { admin: boolean; email?: string | undefined }, platform: AtPlatform['platform']) {
  if (given.admin === (given.email !== undefined)) throw new UsageError('Say for whom: --admin, or --email ADDRESS.');
  let person: PersonRow | undefined;
  if (given.admin) {
    // Before the first start there is none yet.
    await platform.identity.ensureFirstAdministrator();
    person = await firstAdministrator(platform);
  } else {
    person = await personByAddress(platform, given.email!);
  }
  if (!person) throw new CommandFailed(`Nobody has the address ${given.email}.`);
  if (!person.active) throw new CommandFailed(`The account of ${person.address} is switched off.`);
  return person;
}

function scopesOf(given: string | undefined, platform: AtPlatform['platform']): string[] {
  if (given === undefined) return ['*'];
  const scopes = given
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);
  const known = platform.kernel.plugins().flatMap(({ plugin }) => Object.keys(plugin?.contract.permissions ?? {}));
  const strange = scopes.filter((scope) => scope !== '*' && !known.includes(scope));
  if (scopes.length === 0 || strange.length > 0) {
    throw new UsageError(`--scopes is “${given}”; it takes permissions: ${known.sort().join(', ')}.`);
  }
  return scopes;
}

/** The end of a day, or so many days from now. */
function instantOf(given: string, now: Temporal.Instant): Temporal.Instant {
  const days = /^(\d{1,5})d$/.exec(given)?.[1];
  try {
    const at =
      days === undefined
        ? Temporal.PlainDate.from(given).add({ days: 1 }).toZonedDateTime(Temporal.Now.timeZoneId()).toInstant()
        : now.add({ hours: 24 * Number(days) });
    if (Temporal.Instant.compare(at, now) > 0) return at;
  } catch {
    // Told below, as what lies behind us is.
  }
  throw new UsageError(`--expires is “${given}”; it takes a day to come, as 2027-03-14, or so many days, as 90d.`);
}
