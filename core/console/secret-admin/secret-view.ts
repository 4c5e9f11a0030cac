import { z } from '@task-connect/sdk';
import type { SecretStore } from '../../secrets/secrets.ts';
import type { AuditLog } from '../audit/audit-table.ts';
import { knownSecret, knownSecrets } from './known-secrets.ts';
import type { KeptUse, SecretUseTable } from './secret-use-table.ts';

// What the console shows of secrets: that they are there, who wrote and who uses them, and never what they are.

const Use = z.object({ usedBy: z.string(), process: z.string(), at: z.string() });

export const SecretSummary = z.object({
  path: z.string(),
  title: z.string(),
  about: z.string(),
  set: z.boolean(),
  version: z.int().nullable(),
  writtenAt: z.string().nullable(),
  lastUse: Use.nullable(),
  care: z.enum(['own', 'kept', 'entered']).describe('own: rotated by the platform; entered: by an administrator'),
});
export type SecretSummary = z.infer<typeof SecretSummary>;

const Field = z.object({
  name: z.string(),
  title: z.string(),
  help: z.string().nullable(),
  hidden: z.boolean(),
  long: z.boolean(),
  required: z.boolean(),
  set: z.boolean(),
});

export const SecretDetail = SecretSummary.extend({
  sealed: z.boolean().describe('Never shown, whatever the reason'),
  fields: z.array(Field).describe('Those that it should have and those that it has, without their values'),
  versions: z.array(
    z.object({ version: z.int(), createdAt: z.string(), deleted: z.boolean(), by: z.string().nullable() }),
  ),
  uses: z.array(Use),
  deleting: z.array(z.string()).describe('What deleting it does now, a sentence each'),
});
export type SecretDetail = z.infer<typeof SecretDetail>;

type Needs = { secrets: SecretStore; secretUses: SecretUseTable; audit: AuditLog };

async function summaryOf(secrets: SecretStore, path: string, uses: readonly KeptUse[]): Promise<SecretSummary> {
  const { title, about, care = 'entered' } = knownSecret(path);
  const versions = (await secrets.versions(path)).filter(({ deleted }) => !deleted);
  const newest = versions.at(-1);
  const use = uses.find((each) => each.path === path);
  return {
    path,
    title,
    about,
    care,
    set: newest !== undefined,
    version: newest?.version ?? null,
    writtenAt: newest?.createdAt.toString() ?? null,
    lastUse: use ? { usedBy: use.usedBy, process: use.process, at: use.at } : null,
  };
}

/** Those that are there and those that could be, by folder. */
export async function listSecrets({ secrets, secretUses }: Needs): Promise<SecretSummary[]> {
  await secretUses.keep();
  const uses = await secretUses.list();
  const enterable = Object.keys(knownSecrets).filter((path) => knownSecrets[path]!.care === undefined);
  const paths = [...new Set([...(await secrets.list('')), ...enterable])].sort();
  return Promise.all(paths.map((path) => summaryOf(secrets, path, uses)));
}

/** Who wrote which version, as the audit log has it. */
async function writersOf(audit: AuditLog, subject: string): Promise<ReadonlyMap<number, string>> {
  const rows = await audit.list({ subject, action: 'secret.', limit: 200 });
  return new Map(
    rows.flatMap(({ actorName, after }) => {
      const version = (after as { version?: unknown } | null)?.version;
      return typeof version === 'number' ? [[version, actorName] as const] : [];
    }),
  );
}

export async function secretDetail(needs: Needs, path: string): Promise<SecretDetail | undefined> {
  const { secrets, secretUses, audit } = needs;
  const known = knownSecret(path);
  const found = await secrets.read(path);
  if (!found && !(path in knownSecrets)) return undefined;
  await secretUses.keep();
  const uses = (await secretUses.list()).filter((use) => use.path === path);
  const writers = await writersOf(audit, path);
  const value = found?.value ?? {};
  const named = new Map((known.fields ?? []).map((field) => [field.name, field]));
  return {
    ...(await summaryOf(secrets, path, uses)),
    sealed: known.sealed ?? false,
    fields: [...new Set([...named.keys(), ...Object.keys(value)])].map((name) => {
      const field = named.get(name);
      return {
        name,
        title: field?.title ?? name,
        help: field?.help ?? null,
        hidden: field?.hidden ?? true,
        long: field?.long ?? false,
        required: field?.required ?? false,
        set: name in value,
      };
    }),
    versions: (await secrets.versions(path))
      .map(({ version, createdAt, deleted }) => ({
        version,
        createdAt: createdAt.toString(),
        deleted,
        by: writers.get(version) ?? null,
      }))
      .reverse(),
    uses: uses.map(({ usedBy, process, at }) => ({ usedBy, process, at })),
    deleting: consequencesOf(path, uses, (await secrets.versions(path)).length),
  };
}

function consequencesOf(path: string, uses: readonly KeptUse[], versions: number): string[] {
  const users = [...new Set(uses.map(({ usedBy }) => usedBy))];
  return [
    users.length === 0
      ? 'Nobody is known to have used it.'
      : `${users.join(', ')} used it, and ${users.length === 1 ? 'finds' : 'find'} nothing from now on.`,
    versions === 1 ? 'Its one version is gone for good.' : `All of its ${versions} versions are gone for good.`,
    `What was made with it elsewhere stays: end ${path.split('/').at(-1)} there too.`,
  ];
}
