import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';

const cache = fileURLToPath(new URL('../../node_modules/.cache/task-connect/', import.meta.url));

/**
 * Unpacks the Chromium of @sparticuz/chromium with its libraries and fonts, once. It is made in a folder of its own and
 * renamed when it is whole, so that two processes may do this at once and a killed one leaves nothing half-made.
 */
export async function unpackChromium(source: { folder: string; version: string }) {
  const home = join(cache, `chromium-${source.version}`);
  if (!existsSync(home)) {
    const making = `${home}.${process.pid}`;
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { recursive: true });
    await pipeline(
      createReadStream(join(source.folder, 'bin', 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(making, 'chromium'), { mode: 0o755 }),
    );
    await unpackTar(join(source.folder, 'bin', 'al2023.tar.br'), join(making, 'libraries'));
    await unpackTar(join(source.folder, 'bin', 'fonts.tar.br'), making);
    await writeFile(join(making, 'fonts.conf'), fontsConfiguration(home));
    await rename(making, home).catch(async (error: NodeJS.ErrnoException) => {
      await rm(making, { recursive: true, force: true });
      // Another process was first, and its folder is as good as ours.
      if (!existsSync(home)) throw error;
    });
  }
  const libraries = [join(home, 'libraries', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executable: join(home, 'chromium'),
    environment: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: home },
  };
}

// The package's own file names folders of another system.
const fontsConfiguration = (home: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;

/** Files, folders and links of a small ustar archive; enough for the two that this package has. */
async function unpackTar(archive: string, target: string): Promise<void> {
  const bytes = brotliDecompressSync(await readFile(archive));
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const field = (from: number, length: number) =>
      bytes.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const [prefix, kind] = [field(345, 155), field(156, 1)];
    const path = join(target, prefix, field(0, 100));
    const size = Number.parseInt(field(124, 12), 8) || 0;
    if (kind === '5') await mkdir(path, { recursive: true });
    if (kind === '0' || kind === '') {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes.subarray(at + 512, at + 512 + size), {
        mode: Number.parseInt(field(100, 8), 8) || 0o644,
      });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
