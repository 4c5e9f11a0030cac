import { Section } from '@task-connect/console';
import { SettingsParts } from '../../shell/SettingsParts.tsx';
import { t } from '../../t.ts';
import { PluginEvents } from './PluginEvents.tsx';
import { PluginMonth } from './PluginMonth.tsx';
import { PluginNeeds } from './PluginNeeds.tsx';
import { PluginQueues } from './PluginQueues.tsx';
import { PluginSettings } from './PluginSettings.tsx';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

/** What flows through it, what it needs, how its month was, and its settings beside that. */
export function PluginOverview({ plugin }: { plugin: PluginDetail }) {
  return (
    <div className={css.columns}>
      <div>
        <Section title={t('Queues')} note={plugin.state === 'on' ? t('last hour') : t('parked: nothing is dropped')}>
          <PluginQueues plugin={plugin} />
        </Section>
        <Section title={t('Events')} note={t('what it hears and says')}>
          <PluginEvents plugin={plugin} />
        </Section>
        {plugin.uses.length + plugin.neededBy.length > 0 && (
          <Section title={t('Services')} note={t('what it needs, and who needs it')}>
            <PluginNeeds plugin={plugin} />
          </Section>
        )}
        {!plugin.builtIn && <PluginMonth plugin={plugin} />}
      </div>
      <div>
        <PluginSettings plugin={plugin} />
        <SettingsParts plugin={plugin.id} />
      </div>
    </div>
  );
}
