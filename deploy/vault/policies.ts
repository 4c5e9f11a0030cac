// Who may read and write what, as Vault's policies. One for each plugin, one for every process, one for the process that
// makes databases, one for init.ts itself. A process bears that of every process and those of its plugins.
// Source: https://developer.hashicorp.com/vault/docs/concepts/policies

export type Process = { name: string; plugins: readonly string[] | 'all' };

/** The names of external APIs that a plugin reads: `{ notifications: ['sendgrid-key'] }`. */
export type Reads = Readonly<Record<string, readonly string[]>>;

const word = /^[a-z][a-z0-9-]{0,39}$/;

/** `task-service=tasks`, `worker=tasks,notes`; `administration=*` makes databases and may write all secrets. */
export function parseProcess(text: string): Process {
  const [name = '', list = '', ...more] = text.split('=');
  const plugins = list.split(',').filter((id) => id !== '');
  const fits = word.test(name) && plugins.length > 0 && more.length === 0;
  if (fits && list === '*') return { name, plugins: 'all' };
  if (fits && plugins.every((id) => word.test(id))) return { name, plugins };
  throw new Error(`“${text}” is no process. Write it as task-service=tasks, worker=tasks,notes or administration=*.`);
}

/** `notifications=sendgrid-key,twilio-credentials`. */
export function parseReads(texts: readonly string[]): Reads {
  return Object.fromEntries(
    texts.map((text) => {
      const [plugin = '', list = ''] = text.split('=');
      const names = list.split(',');
      if (!word.test(plugin) || !names.every((name) => /^[a-z0-9]+([-_/][a-z0-9]+)*$/.test(name)))
        throw new Error(`“${text}” names no external API. Write it as notifications=sendgrid-key,twilio-credentials.`);
      return [plugin, names];
    }),
  );
}

const rule = (path: string, ...capabilities: string[]) =>
  `path "${path}" {\n  capabilities = [${capabilities.map((one) => `"${one}"`).join(', ')}]\n}\n`;

const everyProcess = 'task-connect-process';
const administration = 'task-connect-administration';
const ofPlugin = (id: string) => `task-connect-plugin-${id}`;

export const setUpName = 'task-connect-set-up';

export const policiesOf = ({ plugins }: Process): string[] =>
  plugins === 'all' ? [administration] : [everyProcess, ...plugins.map(ofPlugin)].sort();

/** All policies, by name. */
export function policies(mount: string, processes: readonly Process[], reads: Reads): Map<string, string> {
  const data = `${mount}/data`;
  const all = new Map([
    [
      everyProcess,
      ['services/*', 'certificates/*', 'databases/platform', 'databases/users']
        .map((path) => rule(`${data}/${path}`, 'read'))
        .join(''),
    ],
    [
      administration,
      rule(`${data}/*`, 'create', 'read', 'update') + rule(`${mount}/metadata/*`, 'read', 'list', 'delete'),
    ],
    [setUpName, setUpPolicy(mount)],
  ]);
  const ids = new Set(processes.flatMap((one) => (one.plugins === 'all' ? [] : one.plugins)));
  for (const id of [...ids].sort()) all.set(ofPlugin(id), pluginPolicy(mount, id, reads[id] ?? []));
  return all;
}

function pluginPolicy(mount: string, id: string, apis: readonly string[]): string {
  const read = [`databases/${id}`, `plugins/${id}/*`, ...apis.map((name) => `external-apis/${name}`)];
  const rules = read.map((path) => rule(`${mount}/data/${path}`, 'read'));
  // Where the first administrator chooses a password, the one-time password is removed.
  if (id === 'users') rules.push(rule(`${mount}/metadata/services/first-administrator`, 'delete'));
  return rules.join('');
}

/** Whoever writes policies and roles can give itself any right: this login is as good as the key that it lies beside. */
const setUpPolicy = (mount: string) =>
  [
    rule('sys/policies/acl/task-connect-*', 'create', 'read', 'update'),
    rule('sys/mounts', 'read'),
    rule(`sys/mounts/${mount}`, 'create', 'update'),
    rule('sys/auth', 'read'),
    rule('sys/audit', 'read', 'sudo'),
    rule('sys/audit/file', 'create', 'update', 'sudo'),
    rule('auth/approle/role/*', 'create', 'read', 'update'),
  ].join('');
