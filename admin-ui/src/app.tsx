import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { type Me, Problem, useApi } from '@task-connect/console';
import { cssVariables, MeContext, queryClient, theme } from '@task-connect/console/shell';
import type { ReactNode } from 'react';
import { Shell } from './shell/Shell.tsx';
import css from './shell/shell.module.css';
import type { Session } from './sign-in.ts';

const schemes = localStorageColorSchemeManager({ key: 'tc-scheme' });

/** The console, or why there is none. */
export function App({ session, nonce }: { session: Session; nonce: string }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        {'me' in session ? (
          <SignedIn first={session.me}>
            <Shell />
          </SignedIn>
        ) : (
          <main className={css.alone}>
            <h1>Task Connect</h1>
            <Problem problem={session.problem} retry={() => location.reload()} />
          </main>
        )}
      </QueryClientProvider>
    </MantineProvider>
  );
}

function SignedIn({ first, children }: { first: Me; children: ReactNode }) {
  const { data } = useApi<Me>('/api/me');
  return <MeContext value={data ?? first}>{children}</MeContext>;
}
