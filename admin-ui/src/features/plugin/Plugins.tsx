import '../../operator-font.ts';
import { BackLink, Link, PluginIcon, Problem, SkeletonRows, Status, useCrumbs, useParam } from '@task-connect/console';
import { t } from '../../t.ts';
import { PluginDetails } from './PluginDetails.tsx';
import { stateShown } from './plugin-state.ts';
import css from './plugins.module.css';
import { type ListedPlugin, usePlugins } from './queries.ts';

/** All plugins beside the one that is looked at; on a telephone one or the other. */
export function Plugins() {
  const chosen = useParam('pluginId');
  const { data, problem, refresh } = usePlugins();
  const plugins = data && [...data.items].sort(byPlace);
  const shown = plugins?.find((plugin) => plugin.id === chosen) ?? (chosen ? undefined : plugins?.[0]);
  const platform = [{ title: t('Platform') }];
  useCrumbs(
    chosen ? (shown?.title ?? chosen) : t('Plugins'),
    chosen ? [...platform, { title: t('Plugins'), to: '/platform/plugins' }] : platform,
  );
  return (
    <div className={css.split} data-open={chosen ? true : undefined}>
      <div className={css.list}>
        <h1>{t('Plugins')}</h1>
        <Problem problem={problem} retry={refresh} />
        {!data && !problem && <SkeletonRows rows={5} height="58px" />}
        <ul>
          {plugins?.map((plugin) => (
            <Entry key={plugin.id} plugin={plugin} here={plugin.id === shown?.id} />
          ))}
        </ul>
      </div>
      <div className={css.detail}>
        <BackLink path={[{ title: t('Plugins'), to: '/platform/plugins' }]} />
        {shown && <PluginDetails key={shown.id} summary={shown} />}
      </div>
    </div>
  );
}

/** Those that can be switched first. */
const byPlace = (a: ListedPlugin, b: ListedPlugin) =>
  Number(a.builtIn) - Number(b.builtIn) || a.title.localeCompare(b.title);

function Entry({ plugin, here }: { plugin: ListedPlugin; here: boolean }) {
  const { kind, word } = stateShown(plugin.state, plugin.dead);
  return (
    <li>
      <Link
        className={css.entry}
        to={`/platform/plugins/${plugin.id}`}
        {...(here ? { 'aria-current': 'true' as const } : {})}
      >
        <PluginIcon icon={plugin.icon} hue={plugin.hue} size={20} />
        <div>
          <strong>
            {plugin.title} <small>{plugin.version}</small>
          </strong>
          <p className={css.about}>{plugin.reason ?? plugin.description}</p>
        </div>
        <Status kind={kind}>{word}</Status>
      </Link>
    </li>
  );
}
