import { parseArgs } from 'node:util';
import { parseProcess, parseReads } from './policies.ts';
import { setUpVault } from './set-up.ts';

// node deploy/vault/init.ts [OPTIONS] PROCESS=PLUGINS…
// Initialises, unseals and sets up Vault for Task Connect; run it after each start of Vault. README.md says the rest.

const usage = `usage: node deploy/vault/init.ts [OPTIONS] PROCESS=PLUGIN[,PLUGIN…]…     administration=* may write all
  --url URL              where Vault is; VAULT_ADDR, else http://127.0.0.1:8200
  --key-file PATH        what opens Vault; ./vault-keys.json
  --out FOLDER           gets PROCESS/role-id and PROCESS/secret-id; ./app-roles
  --owner UID:GID        whose these are, such as 1000:1000 for the image
  --mount PATH           where the secrets are; secret
  --reads PLUGIN=NAME,…  which secrets below external-apis/ a plugin reads; may be given often
  --audit-file PATH      Vault’s audit log, as Vault sees it; /vault/logs/audit.log
  --new-secret-ids       replaces all secret ids: restart the processes afterwards`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string', default: process.env.VAULT_ADDR ?? 'http://127.0.0.1:8200' },
      'key-file': { type: 'string', default: 'vault-keys.json' },
      out: { type: 'string', default: 'app-roles' },
      owner: { type: 'string' },
      mount: { type: 'string', default: 'secret' },
      reads: { type: 'string', multiple: true, default: [] },
      'audit-file': { type: 'string', default: '/vault/logs/audit.log' },
      'new-secret-ids': { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) throw new Error(usage);
  const [uid, gid = uid] = (values.owner ?? '').split(':').map(Number);
  if (values.owner !== undefined && !(Number.isInteger(uid) && Number.isInteger(gid)))
    throw new Error(`--owner is “${values.owner}”; it takes numbers such as 1000:1000.`);
  const done = await setUpVault({
    url: values.url.replace(/\/+$/, ''),
    keyFile: values['key-file'],
    folder: values.out,
    mount: values.mount,
    processes: positionals.map(parseProcess),
    reads: parseReads(values.reads),
    auditFile: values['audit-file'],
    renewSecretIds: values['new-secret-ids'],
    owner: values.owner === undefined ? undefined : { uid: uid!, gid: gid! },
  });
  for (const line of done) process.stdout.write(`Vault: ${line}.\n`);
  if (done.length === 0) process.stdout.write('Vault is as it should be; nothing was changed.\n');
} catch (error) {
  const { message, cause } = error as Error;
  process.stderr.write(`${message}${cause instanceof Error ? ` (${cause.message})` : ''}\n`);
  process.exitCode = 1;
}
