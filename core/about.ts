import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout, or of the image. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export const { version } = createRequire(import.meta.url)('./package.json') as { version: string };
