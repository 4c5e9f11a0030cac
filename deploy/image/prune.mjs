import { existsSync, globSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Takes away what the server does not use of what npm installed. npm cannot leave out the console’s packages: it installs
// every workspace that a plugin names, for development too. So: walk from the manifests of core and the plugins along
// `dependencies`, as Node would, and delete the packages that were not met; then the files that only people and compilers read.

const root = process.cwd();
const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folder of a package, looked for as Node does: beside, then further up. */
function find(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

// Whose optional packages it cannot do without: the library for this processor. Those of others are left out: what core
// has is Node and PostgreSQL, what firebase-admin has is for its databases and files, and only its messages are used.
const withOptional = ['sharp'];

const met = new Set();
function visit(folder) {
  if (met.has(folder)) return;
  met.add(folder);
  const manifest = manifestOf(realpathSync(folder));
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  if (withOptional.includes(manifest.name))
    for (const name of Object.keys(manifest.optionalDependencies ?? {})) {
      const found = find(name, realpathSync(folder));
      if (found) visit(found);
    }
  for (const name of Object.keys({ ...peerDependencies, ...dependencies })) {
    const found = find(name, realpathSync(folder));
    const isOptional = peerDependenciesMeta[name]?.optional && !(name in dependencies);
    if (found && !isOptional) visit(found);
    else if (name in dependencies) throw new Error(`${folder} needs ${name}, which is not installed.`);
  }
}

function packagesIn(modules) {
  if (!existsSync(modules)) return [];
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(modules, name)).map((inner) => join(modules, name, inner))
        : [join(modules, name)],
    );
}

for (const folder of ['core', 'core/sdk', ...readdirSync('plugins').map((name) => join('plugins', name))])
  if (existsSync(join(root, folder, 'package.json'))) visit(join(root, folder));

let deleted = 0;
function prune(modules) {
  for (const folder of packagesIn(modules)) {
    if (met.has(folder)) prune(join(folder, 'node_modules'));
    else {
      rmSync(folder, { recursive: true, force: true });
      deleted += 1;
    }
  }
}
prune(join(root, 'node_modules'));
for (const scope of globSync('node_modules/@*'))
  if (readdirSync(scope).length === 0) rmSync(scope, { recursive: true });
rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true });

// Only files whose names say what they are; a licence stays.
const unread = /(\.d\.[cm]?ts|\.map|\.md|\.markdown|\.tsbuildinfo|\.flow)$/i;
let files = 0;
for (const entry of readdirSync(join(root, 'node_modules'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !unread.test(entry.name) || /licen[cs]e|notice/i.test(entry.name)) continue;
  rmSync(join(entry.parentPath, entry.name));
  files += 1;
}

// Ours: the sources of what is built by now, and what only an installation and a compiler read.
const sources = globSync([
  'plugins/*/screens',
  'plugins/*/testing',
  'core/testing',
  'core/bootstrap.mjs',
  'admin-ui/!(dist)',
]);
const tools = ['package-lock.json', 'tsconfig.json', 'biome.json', '.npmrc', '.gitignore', '.dockerignore'];
for (const path of [...sources, ...tools, 'deploy/image/prune.mjs', 'deploy/image/make-launcher.mjs'])
  rmSync(join(root, path), { recursive: true, force: true });
process.stdout.write(`${met.size} packages stay, ${deleted} and ${files} files of others are deleted.\n`);
