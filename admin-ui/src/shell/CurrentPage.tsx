import { Button, EmptyState, navigate, Page, type ScreenPage, useMe, usePlace } from '@task-connect/console';
import { matchPath, type Params, ParamsContext, useStore } from '@task-connect/console/shell';
import { type RefObject, Suspense, useEffect, useRef } from 'react';
import { pages } from '../pages.ts';
import { type PluginScreens, pluginScreens, retryPluginScreens } from '../plugin-screens.ts';
import { t } from '../t.ts';
import { FailedPlugin } from './FailedPlugin.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';

/** The page of the current path: one of the console’s own, or one of the plugin that has its first segment. */
export function CurrentPage({ main }: { main: RefObject<HTMLElement | null> }) {
  const { path } = usePlace();
  const plugins = useStore(pluginScreens);
  const { permissions, platformRoles } = useMe();

  const own = firstMatch(pages, path);
  const plugin = plugins.find((one) => one.plugin === path.split('/')[1]);
  const theirs = own ? undefined : firstMatch<ScreenPage>(plugin?.screens?.pages ?? [], path);
  const found = own ?? theirs;
  // A panel that opens beside its list has a path of its own and is the same page.
  useFreshStart(found?.page.component, main);
  if (!found) return plugin && !plugin.screens ? <BrokenPlugin plugin={plugin} /> : <NoSuchPage />;
  if (theirs?.page.needs && !permissions.includes(theirs.page.needs)) return <NotAllowed plugin={plugin!.title} />;
  if (own?.page.administrator && !platformRoles.includes('administrator')) return <NotAllowed />;
  const Shown = found.page.component;
  return (
    <ScreenBoundary
      page
      resetKey={path + (plugin?.copy ?? '')}
      title={t('This page could not be shown.')}
      reload={theirs && (() => retryPluginScreens(plugin!.plugin))}
    >
      <ParamsContext value={found.params}>
        <Suspense>
          <Shown />
        </Suspense>
      </ParamsContext>
    </ScreenBoundary>
  );
}

/** The page among these whose pattern fits; one of words goes before one with parameters. */
export function firstMatch<Found extends { path: string }>(
  candidates: readonly Found[],
  path: string,
): { page: Found; params: Params } | undefined {
  // `/tasks/board` is a page of its own and not the task “board”, so words go before parameters.
  const byWords = [...candidates].sort((a, b) => Number(a.path.includes(':')) - Number(b.path.includes(':')));
  for (const page of byWords) {
    const params = matchPath(page.path, path);
    if (params) return { page, params };
  }
  return undefined;
}

/** A new page begins at its top, and a reader of screens begins there too. */
function useFreshStart(page: unknown, main: RefObject<HTMLElement | null>): void {
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    main.current?.scrollTo({ top: 0 });
    main.current?.focus({ preventScroll: true });
  }, [page, main]);
}

function BrokenPlugin({ plugin }: { plugin: PluginScreens }) {
  return (
    <Page title={plugin.title}>
      <FailedPlugin plugin={plugin} />
    </Page>
  );
}

function NotAllowed({ plugin }: { plugin?: string }) {
  return (
    <Page title={t('Not yours to see')}>
      {plugin ? (
        <EmptyState icon="lock" title={t('Your role here does not include this part of {plugin}.', { plugin })}>
          {t('An owner of the organisation can give you another role.')}
        </EmptyState>
      ) : (
        <EmptyState icon="lock" title={t('This is for those who run the platform.')}>
          {t('One of them can make you an administrator.')}
        </EmptyState>
      )}
    </Page>
  );
}

function NoSuchPage() {
  return (
    <Page title={t('There is no page here')}>
      <EmptyState
        icon="plug-off"
        title={t('Nothing has this address now')}
        actions={<Button onClick={() => navigate('/')}>{t('Go to Today')}</Button>}
      >
        {t('The plugin that it belongs to may have been switched off, or the address has a slip.')}
      </EmptyState>
    </Page>
  );
}
