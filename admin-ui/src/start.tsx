import type { Screens } from '@task-connect/console';
import { lookedAt, startLive } from '@task-connect/console/shell';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { takeOverLook } from './look.ts';
import { followPlugins, replaceScreens, syncPluginScreens } from './plugin-screens.ts';
import type { Session } from './sign-in.ts';
import { noticeTyping } from './typed.ts';

/** Draws the console for whoever is signed in. */
export async function start(session: Session, nonce: string): Promise<void> {
  if ('me' in session) {
    takeOverLook(session.me);
    // Before the first drawing, so that the menu does not grow under the pointer.
    await syncPluginScreens().catch(() => {});
    followPlugins();
    noticeTyping();
    startLive(lookedAt.get());
  }
  if (import.meta.hot) {
    addEventListener('task-connect:screens', (event) => replaceScreens((event as CustomEvent<Screens>).detail));
  }
  createRoot(document.getElementById('root')!).render(<App session={session} nonce={nonce} />);
}
