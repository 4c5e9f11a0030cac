import { Link, PluginMark, Section, useMe } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { pluginScreens } from '../../plugin-screens.ts';
import { ScreenBoundary } from '../../shell/ScreenBoundary.tsx';
import { t } from '../../t.ts';
import { usePlugins } from '../plugin/queries.ts';
import css from './setting.module.css';

/** The way to the settings of each plugin, and what plugins add to them by screens of their own. */
export function PluginSettingParts() {
  const { permissions } = useMe();
  const loaded = useStore(pluginScreens);
  const { data } = usePlugins();
  const others = data?.items.filter(({ builtIn }) => !builtIn) ?? [];
  const parts = loaded.flatMap(({ plugin, title, screens }) =>
    (screens?.settings ?? [])
      .filter(({ needs }) => !needs || permissions.includes(needs))
      .map((part) => ({ plugin, of: title, ...part })),
  );
  return (
    <>
      {others.length > 0 && (
        <Section title={t('Plugins')} note={t('each beside what it changes')}>
          <ul className={css.plugins}>
            {others.map(({ id, title, state }) => (
              <li key={id}>
                <PluginMark plugin={id} />
                <Link to={`/platform/plugins/${id}`}>{title}</Link>
                {state !== 'on' && <small>{t('off')}</small>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {parts.map(({ plugin, of, title, component: Part }) => (
        <Section key={`${plugin} ${title}`} title={`${of}: ${title}`}>
          <ScreenBoundary resetKey={plugin} title={t('{title} could not be shown.', { title })}>
            <Part />
          </ScreenBoundary>
        </Section>
      ))}
    </>
  );
}
