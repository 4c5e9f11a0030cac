import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Encoding } from './steps/compress.ts';

// Files of a build, compressed once. Promises: nothing outside of its folder, by whatever path. A file that stands
// there compressed already (`x.js.br`) is used; else what we compress is kept, up to a bound.

export type StaticFile = { type: string; bytes: Buffer; encoding: Encoding | undefined; tag: string };

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const gainsNothing = /^(image\/(?!svg)|font\/)/;
const keptBytes = 8 * 1024 * 1024;

const compressors: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

export function makeStaticFiles(folder: string): {
  /** `path` as it stood in the address; undefined when there is no such file. */
  find(path: string, encoding: Encoding | undefined): Promise<StaticFile | undefined>;
} {
  // Promises are kept, so that ten browsers that come at once have a file compressed once.
  const kept = new LRUCache<string, Promise<Buffer> & { size?: number }>({ max: 500 });
  let keptSize = 0;

  async function bytesOf(file: string, mtimeMs: number, encoding: Encoding | undefined): Promise<Buffer> {
    const key = `${encoding} ${mtimeMs} ${file}`;
    const known = kept.get(key);
    if (known) return known;
    const made = encoding ? compressedFile(file, encoding) : readFile(file);
    if (encoding) {
      kept.set(key, made);
      made.then(
        ({ length }) => {
          keptSize += length;
          if (keptSize > keptBytes) {
            kept.clear();
            keptSize = 0;
          }
        },
        () => kept.delete(key),
      );
    }
    return made;
  }

  return {
    async find(path, wanted) {
      const file = await fileAt(folder, path);
      if (!file) return undefined;
      const { mtimeMs, size } = await stat(file);
      const type = types[extname(file)] ?? 'application/octet-stream';
      const encoding = gainsNothing.test(type) || size < 1000 ? undefined : wanted;
      const bytes = await bytesOf(file, mtimeMs, encoding);
      return { type, bytes, encoding, tag: `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"` };
    },
  };
}

/** The file’s real place, if that is a file within the folder. */
async function fileAt(folder: string, path: string): Promise<string | undefined> {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  // Backslashes are separators on Windows; a dot at the head of a name is nothing that a build makes.
  if (/\0|\\|(^|\/)\./.test(name)) return undefined;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, name));
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

async function compressedFile(file: string, encoding: Encoding): Promise<Buffer> {
  try {
    return await readFile(`${file}.${encoding === 'br' ? 'br' : 'gz'}`);
  } catch {
    return compressors[encoding](await readFile(file));
  }
}
