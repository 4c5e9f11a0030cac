import { checkVersion, InvalidInput, notFound, type Route, type SecretValue, text, z } from '@task-connect/sdk';
import type { Proof } from '../../identity/proof.ts';
import { SecretChanged, type SecretStore } from '../../secrets/secrets.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { platform } from '../contract.ts';
import { knownSecret } from './known-secrets.ts';
import { NotRotatable, SecretKept, SecretMoved, SecretSealed } from './secret-problems.ts';
import type { SecretUseTable } from './secret-use-table.ts';
import { listSecrets, SecretDetail, SecretSummary, secretDetail } from './secret-view.ts';

export type SecretNeeds = {
  /** As it is, so that a look from here is not taken for a use. */
  secrets: SecretStore;
  secretUses: SecretUseTable;
  /** Which store it is, for people. */
  secretStore: 'file' | 'vault';
  /** Makes a new one of those that the platform makes; false when it cannot. */
  rotateSecret(path: string): Promise<boolean>;
  audit: AuditLog;
  proof: Proof;
};

// A path has slashes, which proxies treat in ways of their own; in addresses they are points, which no path has.
const secret = z
  .string()
  .max(200)
  .regex(/^[a-z0-9]+([-_][a-z0-9]+)*(\.[a-z0-9]+([-_][a-z0-9]+)*)+$/, {
    error: 'Give the path of a secret with points for slashes: services.s3.',
  });
const params = z.object({ secret });
const pathOf = (given: { secret: string }) => given.secret.replaceAll('.', '/');

/** How long the console shows it. */
const shownSeconds = 30;

export function secretRoutes(given: () => SecretNeeds): Route[] {
  const detail = async (path: string) => (await secretDetail(given(), path)) ?? notFound('secret', path);

  return [
    platform.route({
      method: 'GET',
      path: '/platform/secrets',
      summary: 'All secrets, without what they are',
      permission: 'platform:manage',
      returns: z.object({ store: z.enum(['file', 'vault']), items: z.array(SecretSummary) }),
      handle: async () => ({ store: given().secretStore, items: await listSecrets(given()) }),
    }),
    platform.route({
      method: 'GET',
      path: '/platform/secrets/:secret',
      summary: 'One secret: its fields, versions and uses, without what it is',
      permission: 'platform:manage',
      params,
      returns: SecretDetail,
      handle: async ({ params: which }) => detail(pathOf(which)),
    }),
    platform.route({
      method: 'PUT',
      path: '/platform/secrets/:secret',
      summary: 'Write a new version; fields that are not named stay, null removes one',
      permission: 'platform:manage',
      params,
      body: z.strictObject({
        values: z.record(z.string().min(1).max(100), z.union([text(50_000).min(1), z.number(), z.boolean(), z.null()])),
      }),
      returns: SecretDetail,
      async handle({ params: which, body, actor, ifMatch, address, requestId }) {
        const path = pathOf(which);
        const { secrets, audit } = given();
        const { care, fields = [] } = knownSecret(path);
        if (care) throw new SecretKept({ path, rotates: care === 'own' });
        const before = await secrets.read(path);
        checkVersion('secret', ifMatch, before?.version ?? 0);
        const merged: SecretValue = { ...before?.value, ...body.values };
        const value = Object.fromEntries(Object.entries(merged).filter(([, content]) => content !== null));
        const missing = fields.filter((field) => field.required && !(field.name in value));
        if (missing.length > 0)
          throw new InvalidInput({
            errors: missing.map(({ name, title }) => ({ pointer: `/values/${name}`, detail: `${title} is needed.` })),
          });
        const { version } = await secrets.write(path, value, { cas: before?.version ?? 0 }).catch((error: unknown) => {
          throw error instanceof SecretChanged ? new SecretMoved({ path }) : error;
        });
        const after = { version, fields: Object.keys(body.values) };
        await audit.add({ actor, address, requestId }, { action: 'secret.written', subject: path, after });
        return detail(path);
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/secrets/:secret/rotate',
      summary: 'Have the platform make a new one; no request fails',
      permission: 'platform:manage',
      params,
      returns: SecretDetail,
      async handle({ params: which, actor, address, requestId }) {
        const path = pathOf(which);
        const { secrets, audit, rotateSecret } = given();
        const before = (await secrets.read(path)) ?? notFound('secret', path);
        if (knownSecret(path).care !== 'own' || !(await rotateSecret(path))) throw new NotRotatable({ path });
        const after = { version: (await secrets.read(path))?.version ?? null };
        const change = { action: 'secret.rotated', subject: path, before: { version: before.version }, after };
        await audit.add({ actor, address, requestId }, change);
        return detail(path);
      },
    }),
    platform.route({
      method: 'POST',
      path: '/platform/secrets/:secret/reveal',
      summary: 'Show a secret, for a reason that the audit log keeps',
      description:
        'To an administrator who signed in within the last ten minutes, or who gives their password now. Guesses are counted with those of sign-in.',
      permission: 'platform:manage',
      params,
      body: z.strictObject({
        reason: text(500).trim().min(5, { error: 'Say in a few words what it is needed for.' }),
        version: z.int().min(1).optional(),
        password: text(1000).min(1).optional(),
      }),
      returns: z.object({
        version: z.int(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
        shownSeconds: z.int(),
      }),
      async handle({ params: which, body, actor, credential, address, requestId }) {
        const path = pathOf(which);
        const { secrets, audit, proof } = given();
        if (knownSecret(path).sealed) throw new SecretSealed({ path });
        await proof.demand({ person: actor.person, credential, password: body.password, address });
        const found = (await secrets.read(path, body.version)) ?? notFound('secret', path);
        // Before it leaves: nobody sees one without it being known.
        const after = { version: found.version, reason: body.reason };
        await audit.add({ actor, address, requestId }, { action: 'secret.revealed', subject: path, after });
        return { version: found.version, values: found.value, shownSeconds };
      },
    }),
    platform.route({
      method: 'DELETE',
      path: '/platform/secrets/:secret',
      summary: 'Remove a secret with all its versions, for good',
      permission: 'platform:manage',
      params,
      ifMatch: 'required',
      async handle({ params: which, actor, ifMatch, address, requestId }) {
        const path = pathOf(which);
        const { secrets, audit } = given();
        const { care } = knownSecret(path);
        if (care) throw new SecretKept({ path, rotates: care === 'own' });
        const before = (await secrets.read(path)) ?? notFound('secret', path);
        checkVersion('secret', ifMatch, before.version);
        await secrets.delete(path);
        const change = { action: 'secret.deleted', subject: path, before: { version: before.version } };
        await audit.add({ actor, address, requestId }, change);
      },
    }),
  ];
}
