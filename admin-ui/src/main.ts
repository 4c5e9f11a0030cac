import './mantine-styles.ts';
import '@fontsource-variable/hanken-grotesk/wght.css';
import '@task-connect/console/tokens.css';
import '@task-connect/console/base.css';
import './boot.css';
import { pathOf } from '@task-connect/console/shell';
import { speakLanguageOf } from './language.ts';
import { signIn } from './sign-in.ts';

// From sources, screens have no import map that would bring them.
if (import.meta.hot) await import('@mantine/core/styles.layer.css');

// Browsers that have Temporal load nothing.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');

// Styles that libraries add at run time need the nonce of this answer; one of them reads it from here.
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

if (pathOf(location.pathname).startsWith('/public/')) {
  const { startPublic } = await import('./start-public.tsx');
  await startPublic(nonce);
} else {
  const session = await signIn();
  if (session) {
    if ('me' in session) await speakLanguageOf(session.me);
    // Only now: its modules have sentences in them, which are read once.
    const { start } = await import('./start.tsx');
    await start(session, nonce);
  }
}
