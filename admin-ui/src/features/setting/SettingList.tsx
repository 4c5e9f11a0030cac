import { DateTime } from '@task-connect/console';
import { t } from '../../t.ts';
import type { Setting } from './queries.ts';
import css from './setting.module.css';

/** Settings, each with its sentence, its value and where that comes from. */
export function SettingList({ settings, label }: { settings: readonly Setting[]; label: string }) {
  return (
    <ul className={css.list} aria-label={label}>
      {settings.map((setting) => (
        <li key={setting.key}>
          <div className={css.what}>
            <code>{setting.variable}</code>
            <p>{setting.description}</p>
            <p className={css.effect}>
              {setting.changeable ? t('Effective at once.') : setting.effect}{' '}
              {t('Takes {what}.', { what: setting.takes })}
            </p>
          </div>
          <div className={css.value}>
            {setting.value === null ? <span className={css.none}>{t('not set')}</span> : <code>{setting.value}</code>}
            <small>
              <Source setting={setting} />
            </small>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Source({ setting: { source, secret, value, default: standard, changedAt, changedBy } }: { setting: Setting }) {
  if (source === 'environment') {
    if (changedAt) return t('from the environment, which wins over what {name} set here', { name: changedBy ?? '' });
    return secret ? t('from the environment, hidden') : t('from the environment');
  }
  if (source === 'console' && changedAt)
    return t.rich('set here by {name}, {when}', { name: changedBy, when: <DateTime at={changedAt} /> });
  if (source === 'file') return t('from the file that TC_CONFIG names');
  return standard === null && value === null ? null : t('default');
}
