import { Link } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './plugins.module.css';
import type { PluginDetail } from './queries.ts';

const linkTo = (plugin: string) => <Link to={`/platform/plugins/${plugin}`}>{plugin}</Link>;

/** Services of others that it calls, and others that call its own. */
export function PluginNeeds({ plugin }: { plugin: PluginDetail }) {
  return (
    <ul className={css.needs}>
      {plugin.uses.map(({ service, optional, offeredBy }) => (
        <li key={service}>
          <code>{service}</code>
          <small>
            {offeredBy
              ? t.rich(optional ? 'from {plugin}; it does without, too' : 'needed, from {plugin}', {
                  plugin: linkTo(offeredBy),
                })
              : optional
                ? t('nobody offers it; it does without')
                : t('nobody offers it')}
          </small>
        </li>
      ))}
      {plugin.neededBy.map(({ plugin: by, service, optional }) => (
        <li key={by + service}>
          <code>{service}</code>
          <small>
            {t.rich(optional ? 'used by {plugin}, which does without, too' : 'needed by {plugin}', {
              plugin: linkTo(by),
            })}
          </small>
        </li>
      ))}
    </ul>
  );
}
