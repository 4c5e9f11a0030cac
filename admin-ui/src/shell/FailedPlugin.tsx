import { FailedScreen } from '@task-connect/console';
import { type PluginScreens, retryPluginScreens } from '../plugin-screens.ts';
import { t } from '../t.ts';

/** The place of a plugin whose screens could not be loaded. */
export function FailedPlugin({ plugin }: { plugin: PluginScreens }) {
  return (
    <FailedScreen
      title={t('The screens of {plugin} could not be loaded.', { plugin: plugin.title })}
      reason={plugin.reason ?? t('it gave none')}
      retry={() => retryPluginScreens()}
    />
  );
}
