import '../../operator-font.ts';
import { Form, type JsonSchema, Page, Problem, Section, SkeletonRows, toast, type Values } from '@task-connect/console';
import { t } from '../../t.ts';
import { PluginSettingParts } from './PluginSettingParts.tsx';
import { type AllSettings, useSaveSettings, useSettings } from './queries.ts';
import { SettingList } from './SettingList.tsx';
import css from './setting.module.css';

/** All settings: those that can be changed while the platform runs, then each with where it comes from. */
export function Settings() {
  const { data, problem, refresh } = useSettings();
  return (
    <Page title={t('Settings')} path={[{ title: t('Platform') }]} summary={data && summaryOf(data)}>
      <Problem problem={problem} retry={refresh} />
      {!data && !problem && <SkeletonRows rows={12} height="52px" />}
      {data && (
        <div className={css.columns}>
          <div>
            <Section title={t('Change now')} note={t('effective at once, in every process')}>
              <Changeable all={data} />
            </Section>
          </div>
          <div>
            {data.groups.map(({ id, title, settings }) => (
              <Section key={id} title={t(title)}>
                <SettingList settings={settings} label={t(title)} />
              </Section>
            ))}
            <PluginSettingParts />
          </div>
        </div>
      )}
    </Page>
  );
}

function summaryOf({ groups }: AllSettings): string {
  const from = (source: string) => groups.flatMap(({ settings }) => settings).filter((one) => one.source === source);
  const [variables, here] = [from('environment').length, from('console').length];
  const byVariable = t(
    { one: 'One variable of the environment is set', other: '{count} variables of the environment are set' },
    { count: variables },
  );
  const changed = t(
    { one: 'one setting was changed here', other: '{count} settings were changed here' },
    { count: here },
  );
  if (variables + here === 0) return t('All are as they came.');
  if (here === 0) return `${byVariable}.`;
  return variables === 0
    ? t('{changed}.', { changed: changed.charAt(0).toUpperCase() + changed.slice(1) })
    : `${byVariable}, ${changed}.`;
}

function Changeable({ all }: { all: AllSettings }) {
  const save = useSaveSettings();
  const values = all.values as Values;
  return (
    <Form
      schema={all.schema as JsonSchema}
      values={values}
      at="/values"
      problem={save.problem}
      busy={save.busy}
      onSave={async (given) => {
        const keys = Object.keys(given).filter((key) => given[key] !== values[key]);
        const only = (from: Values) => Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
        const saved = await save.run(only(given));
        if (saved) {
          toast({
            text: t({ one: 'One setting is changed', other: '{count} settings are changed' }, { count: keys.length }),
            undo: () => void save.run(only(values)),
          });
        }
        return saved;
      }}
    />
  );
}
