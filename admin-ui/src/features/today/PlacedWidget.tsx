import { Suspense } from 'react';
import { retryPluginScreens } from '../../plugin-screens.ts';
import { ScreenBoundary } from '../../shell/ScreenBoundary.tsx';
import { t } from '../../t.ts';
import type { Placed } from './placed.ts';

/** A widget of a plugin, or in its place why it is not there. */
export function PlacedWidget({ widget, plugin }: Placed) {
  return (
    <ScreenBoundary
      title={t('“{widget}” of {plugin} could not be shown.', { widget: widget.title, plugin: plugin.title })}
      resetKey={plugin.copy}
      reload={() => retryPluginScreens(plugin.plugin)}
    >
      <Suspense>
        <widget.component />
      </Suspense>
    </ScreenBoundary>
  );
}
