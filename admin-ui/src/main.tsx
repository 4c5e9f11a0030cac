import '@mantine/core/styles.layer.css';
import '@fontsource-variable/hanken-grotesk/wght.css';
import '@task-connect/console/tokens.css';
import '@task-connect/console/base.css';
import { lookedAt, startLive } from '@task-connect/console/shell';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { takeOverLook } from './look.ts';
import { followPlugins, syncPluginScreens } from './plugin-screens.ts';
import { signIn } from './sign-in.ts';

// Browsers that have Temporal load nothing.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');

// Styles that libraries add at run time need the nonce of this answer; one of them reads it from here.
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

const session = await signIn();
if (session && 'me' in session) {
  takeOverLook(session.me);
  // Before the first drawing, so that the menu does not grow under the pointer.
  await syncPluginScreens().catch(() => {});
  followPlugins();
  startLive(lookedAt.get());
}
if (session) createRoot(document.getElementById('root')!).render(<App session={session} nonce={nonce} />);
