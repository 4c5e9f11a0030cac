import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { unpackChromium } from './chromium-unpack.ts';

// A real browser for tests: Chromium from npm where there is one for this machine, else one that the machine has.
// It is never skipped: without a browser, opening one fails with a line that says how to get it.

export type BrowserChoice = {
  /** The path of a Chromium or Chrome to use instead. */
  executable?: string | undefined;
  /** Where an installed one is looked for, as in PATH. */
  path?: string | undefined;
};

// Ours instead of the package's: its own list switches web security and site isolation off, and those are under test.
const launchArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const installedNames = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * Starts a headless Chromium: that of TC_CHROMIUM, else the one from npm, else one on the path. Close it when done.
 * @example
 * await using browser = await openBrowser();
 * const page = await browser.newPage();
 */
export async function openBrowser(
  choice: BrowserChoice = { executable: process.env.TC_CHROMIUM, path: process.env.PATH },
): Promise<Browser> {
  const found = await findChromium(choice);
  return chromium.launch({
    executablePath: found.executable,
    args: launchArguments,
    chromiumSandbox: false,
    env: { ...(process.env as Record<string, string>), ...found.environment },
  });
}

async function findChromium(choice: BrowserChoice): Promise<{ executable: string; environment: object }> {
  if (choice.executable) {
    if (existsSync(choice.executable)) return { executable: choice.executable, environment: {} };
    throw new Error(`TC_CHROMIUM names ${choice.executable}, and there is no such file. Correct it, or unset it.`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium(packagedChromium());
  const installed = installedChromium(choice.path ?? '');
  if (installed) return { executable: installed, environment: {} };
  throw new Error(
    `There is no Chromium for ${process.platform}-${process.arch}: install Chrome, or set TC_CHROMIUM to a browser’s path.`,
  );
}

function packagedChromium(): { folder: string; version: string } {
  const folder = fileURLToPath(new URL('../../', import.meta.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder, version };
}

function installedChromium(path: string): string | undefined {
  const candidates = path.split(delimiter).flatMap((folder) => installedNames.map((name) => join(folder, name)));
  return [...candidates, macChrome].find((candidate) => existsSync(candidate));
}
