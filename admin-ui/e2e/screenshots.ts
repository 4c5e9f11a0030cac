import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { openDemoDesk } from './demo-desk.ts';
import { everyPage, openPage } from './every-page.ts';

// `npm run screenshots -- FOLDER`: every page that there is, light, dark and as a telephone shows it, with the data of the
// demo; and the pages of sign-in. The folder is one of the system’s when none is given.

const folder = resolve(process.argv[2] ?? join(tmpdir(), 'task-connect-screenshots'));
mkdirSync(folder, { recursive: true });

const telephone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  telephone: { colorScheme: 'light', ...telephone },
  'telephone-dark': { colorScheme: 'dark', ...telephone },
};
const signIn = ['auth/login', 'oidc/forgot', 'oidc/reset?token=none'];

const say = (line: string) => process.stdout.write(`${line}\n`);
const nameOf = (path: string) =>
  path === '' ? 'today' : path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'one').replaceAll(/[^\w]+/g, '-');

say('Three firms and a year of their work are on their way; it takes a minute …');
const desk = await openDemoDesk();
// A link that has ended is a page, too.
desk.expectComplaint(/status of 410/);
const { paths, unreached } = await everyPage(desk);
let written = 0;
for (const [look, options] of Object.entries(looks)) {
  const page = await desk.window(options);
  const shoot = async (name: string) => {
    await page.screenshot({ path: join(folder, `${name}.${look}.png`) });
    written += 1;
  };
  for (const path of paths) {
    // One page that does not come is no reason to go without the others.
    await openPage(page, desk.url, path).catch((error: Error) => say(`/${path}: ${error.message.split('\n')[0]}`));
    await shoot(nameOf(path));
  }
  await page.close();
  const stranger = await desk.window({ ...options, storageState: { cookies: [], origins: [] } });
  for (const path of signIn) {
    await stranger.goto(desk.url + path);
    await stranger.getByRole('heading').first().waitFor();
    await stranger.screenshot({ path: join(folder, `${nameOf(path)}.${look}.png`) });
    written += 1;
  }
  await stranger.close();
}
say(`${written} screenshots are in ${folder}.`);
if (unreached.length > 0) say(`No link leads to ${unreached.join(', ')}.`);
await Promise.resolve(desk[Symbol.asyncDispose]()).catch((error: unknown) => say(String(error)));
process.exit(0);
