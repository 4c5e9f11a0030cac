import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { api, type Me, useApi } from '@task-connect/console';
import {
  ConfirmHost,
  cssVariables,
  MeContext,
  pressKey,
  queryClient,
  sideSlot,
  singleKeys,
  startLive,
  ToastHost,
  theme,
} from '@task-connect/console/shell';
import type { ComponentType, ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import css from './page.module.css';

const scenes = import.meta.glob<{ Scene: ComponentType }>('./scenes/*.tsx');
const schemes = localStorageColorSchemeManager({ key: 'kit-scheme' });

/** Draws a scene as the shell would draw a page. */
export async function draw(name: string, nonce: string): Promise<void> {
  const me = await api.get<Me>('/api/me');
  queryClient.setQueryData(['api', '/api/me', {}], me);
  const { Scene } = await scenes[`./scenes/${name}.tsx`]!();
  document.addEventListener('keydown', pressKey);
  singleKeys.set(!location.search.includes('keys=off'));
  if (location.search.includes('workers=none')) Object.assign(globalThis, { SharedWorker: undefined });
  if (name === 'live') startLive(undefined);
  createRoot(document.getElementById('root')!).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <SignedIn first={me}>
          <div className={css.page}>
            <main className={css.main}>
              <Scene />
            </main>
            <div ref={(element) => sideSlot.set(element)} />
          </div>
          <ToastHost />
          <ConfirmHost />
        </SignedIn>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

function SignedIn({ first, children }: { first: Me; children: ReactNode }) {
  return <MeContext value={useApi<Me>('/api/me').data ?? first}>{children}</MeContext>;
}
