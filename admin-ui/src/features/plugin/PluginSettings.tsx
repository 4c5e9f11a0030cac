import { Form, Section, toast } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './plugins.module.css';
import { type PluginDetail, useSaveSettings } from './queries.ts';

/** The settings of a plugin, beside what they change. */
export function PluginSettings({ plugin }: { plugin: PluginDetail }) {
  const save = useSaveSettings(plugin.id);
  const { settings } = plugin;
  if (!settings || Object.keys(settings.schema.properties ?? {}).length === 0) {
    return (
      <Section title={t('Settings')}>
        <p className={css.plain}>{t('It has none.')}</p>
      </Section>
    );
  }
  const before = { ...settings.defaults, ...settings.values };
  return (
    <Section title={t('Settings')} note={t('effective at once')}>
      <Form
        schema={settings.schema}
        values={before}
        at="/values"
        problem={save.problem}
        busy={save.busy}
        onSave={async (values) => {
          const saved = await save.run({ values, version: settings.version });
          if (saved) {
            toast({
              text: t('The settings of {plugin} are saved', { plugin: plugin.title }),
              undo: () => void save.run({ values: before }),
            });
          }
          return saved;
        }}
      />
    </Section>
  );
}
