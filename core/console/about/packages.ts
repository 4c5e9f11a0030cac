import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

// The packages of others that this installation consists of, with their licences. Those of the server are found as Node
// finds them; those that went into the console were written down when it was built, since an image does not hold them.

export type ShippedPackage = {
  name: string;
  version: string;
  licence: string;
  homepage: string | null;
  /** As it lies in the package; null where there is none. */
  text: string | null;
};

type Manifest = {
  name?: string;
  version?: string;
  license?: unknown;
  licenses?: unknown;
  homepage?: unknown;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
};

const manifestOf = async (folder: string): Promise<Manifest | undefined> =>
  readFile(join(folder, 'package.json'), 'utf8').then(JSON.parse, () => undefined);

/** All of them by name; `root` is the folder of the checkout or of the image. */
export async function shippedPackages(root: string): Promise<ShippedPackage[]> {
  const plugins = await readdir(join(root, 'plugins')).catch(() => []);
  const starts = ['core', 'core/sdk', ...plugins.map((name) => join('plugins', name)), '.'];
  const found = new Map<string, ShippedPackage>();
  const seen = new Set<string>();
  for (const start of starts) await visit(join(root, start));

  const ofConsole = join(root, 'admin-ui', 'dist', 'licences.json');
  const bundled: ShippedPackage[] = await readFile(ofConsole, 'utf8').then(JSON.parse, () => []);
  for (const one of bundled) found.set(`${one.name}@${one.version}`, one);
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));

  async function visit(folder: string): Promise<void> {
    if (seen.has(folder)) return;
    seen.add(folder);
    const manifest = await manifestOf(folder);
    if (!manifest) return;
    const { name, version } = manifest;
    if (name && version && folder.includes('node_modules') && !name.startsWith('@task-connect/'))
      found.set(`${name}@${version}`, await shipped(folder, name, version, manifest));
    const needed = { ...manifest.peerDependencies, ...manifest.optionalDependencies, ...manifest.dependencies };
    for (const each of Object.keys(needed)) {
      const at = await find(each, folder);
      if (at) await visit(at);
    }
  }
}

/** Beside, then further up, as Node looks; undefined for what is not for this machine. */
async function find(name: string, from: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    const there = await realpath(candidate).catch(() => undefined);
    if (there) return there;
    if (folder === dirname(folder)) return undefined;
  }
}

async function shipped(folder: string, name: string, version: string, manifest: Manifest): Promise<ShippedPackage> {
  const files = await readdir(folder).catch(() => []);
  const file = files.find((each) => /^(licen[cs]e|copying)/i.test(each));
  const text = file ? await readFile(join(folder, file), 'utf8').catch(() => null) : null;
  const { homepage } = manifest;
  return {
    name,
    version,
    licence: licenceOf(manifest),
    homepage: typeof homepage === 'string' && /^https?:\/\//.test(homepage) ? homepage : null,
    text: text?.slice(0, 200_000) ?? null,
  };
}

/** Older packages have an object, or a list of them. */
function licenceOf({ license, licenses }: Manifest): string {
  const named = (one: unknown) =>
    typeof one === 'string' ? one : String((one as { type?: unknown } | null)?.type ?? 'not stated');
  const given = license ?? licenses;
  return Array.isArray(given) ? given.map(named).join(' OR ') : given ? named(given) : 'not stated';
}
