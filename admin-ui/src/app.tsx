import { type Me, Problem, useApi } from '@task-connect/console';
import { MeContext } from '@task-connect/console/shell';
import type { ReactNode } from 'react';
import { Providers } from './Providers.tsx';
import { Shell } from './shell/Shell.tsx';
import css from './shell/shell.module.css';
import type { Session } from './sign-in.ts';

/** The console, or why there is none. */
export function App({ session, nonce }: { session: Session; nonce: string }) {
  return (
    <Providers nonce={nonce}>
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
    </Providers>
  );
}

function SignedIn({ first, children }: { first: Me; children: ReactNode }) {
  const { data } = useApi<Me>('/api/me');
  return <MeContext value={data ?? first}>{children}</MeContext>;
}
