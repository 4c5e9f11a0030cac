import { EmptyState, Page, usePlace } from '@task-connect/console';
import { ParamsContext, useStore } from '@task-connect/console/shell';
import { Suspense } from 'react';
import { pluginScreens, retryPluginScreens } from '../plugin-screens.ts';
import { t } from '../t.ts';
import { firstMatch } from './CurrentPage.tsx';
import { FailedPlugin } from './FailedPlugin.tsx';
import css from './public-pages.module.css';
import { ScreenBoundary } from './ScreenBoundary.tsx';

/** The page of a plugin that is for everybody; it has the window for itself. */
export function PublicPages() {
  const { path } = usePlace();
  const plugin = useStore(pluginScreens).find((one) => one.plugin === path.split('/')[2]);
  const found = firstMatch(plugin?.screens?.publicPages ?? [], path);
  const Shown = found?.page.component;
  return (
    <main className={css.main}>
      {Shown && (
        <ScreenBoundary
          page
          resetKey={path + plugin!.copy}
          title={t('This page could not be shown.')}
          reload={() => retryPluginScreens(plugin!.plugin)}
        >
          <ParamsContext value={found.params}>
            <Suspense>
              <Shown />
            </Suspense>
          </ParamsContext>
        </ScreenBoundary>
      )}
      {!Shown && plugin && !plugin.screens && (
        <Page title={plugin.title}>
          <FailedPlugin plugin={plugin} />
        </Page>
      )}
      {!Shown && !(plugin && !plugin.screens) && (
        <Page title={t('There is no page here')}>
          <EmptyState icon="plug-off" title={t('Nothing has this address now')}>
            {t('It may have been taken back, or the address has a slip. Ask whoever sent it.')}
          </EmptyState>
        </Page>
      )}
    </main>
  );
}
