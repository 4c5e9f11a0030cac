import { MeContext } from '@task-connect/console/shell';
import { createRoot } from 'react-dom/client';
import { speakLanguageOf } from './language.ts';
import { nobody } from './nobody.ts';
import { Providers } from './Providers.tsx';
import { syncPublicScreens } from './plugin-screens.ts';

/** Draws a page for everybody: nobody is asked who they are, and no console stands around it. */
export async function startPublic(nonce: string): Promise<void> {
  const me = nobody();
  await speakLanguageOf(me);
  const { PublicPages } = await import('./shell/PublicPages.tsx');
  await syncPublicScreens().catch(() => {});
  createRoot(document.getElementById('root')!).render(
    <Providers nonce={nonce}>
      <MeContext value={me}>
        <PublicPages />
      </MeContext>
    </Providers>,
  );
}
