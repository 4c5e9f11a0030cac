import { Section, useMe } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { Suspense } from 'react';
import { pluginScreens, retryPluginScreens } from '../plugin-screens.ts';
import { t } from '../t.ts';
import { ScreenBoundary } from './ScreenBoundary.tsx';

/** What a plugin’s own screens add to its settings; nothing while it is off. */
export function SettingsParts({ plugin }: { plugin: string }) {
  const { permissions } = useMe();
  const loaded = useStore(pluginScreens).find((one) => one.plugin === plugin);
  const parts = (loaded?.screens?.settings ?? []).filter(({ needs }) => !needs || permissions.includes(needs));
  return parts.map(({ title, component: Shown }) => (
    <Section key={title} title={title}>
      <ScreenBoundary
        resetKey={loaded!.copy}
        title={t('“{part}” of {plugin} could not be shown.', { part: title, plugin: loaded!.title })}
        reload={() => retryPluginScreens(plugin)}
      >
        <Suspense>
          <Shown />
        </Suspense>
      </ScreenBoundary>
    </Section>
  ));
}
