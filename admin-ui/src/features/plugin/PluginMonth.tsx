import { dayText, durationText, Section, Track, useTimeStyle } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './plugins.module.css';
import { type PluginDay, type PluginDetail, useHistory } from './queries.ts';

/** Its last thirty days as cells, and in words what was odd. */
export function PluginMonth({ plugin }: { plugin: PluginDetail }) {
  const { data } = useHistory(plugin.id);
  const style = useTimeStyle();
  if (!data) return null;
  const dateOf = ({ day }: PluginDay) => dayText(Temporal.PlainDate.from(day), style);
  const told = (day: PluginDay) => `${dateOf(day)}: ${whatOf(day)}`;
  const odd = data.days.findLast(({ state }) => state === 'failed' || state === 'degraded');
  return (
    <Section title={t('State')} note={t('last 30 days')}>
      <div className={css.month}>
        <div className={css.cells}>
          <Track
            label={t('{plugin}, 30 days', { plugin: plugin.title })}
            cells={data.days.map((day) => ({ state: day.state, title: told(day) }))}
          />
        </div>
        <p>
          <span>{data.days[0] && dateOf(data.days[0])}</span>
          <span>{odd && told(odd)}</span>
          <span>{t('Today')}</span>
        </p>
      </div>
    </Section>
  );
}

function whatOf({ state, offSeconds, reason }: PluginDay): string {
  if (state === 'ok') return t('on');
  if (state === 'off') return t('off');
  const away = offSeconds < 60 ? t('for a moment') : t('for {length}', { length: durationText(offSeconds) });
  if (state === 'degraded') return t('off {away}', { away });
  return reason ? t('failed, off {away}: {reason}', { away, reason }) : t('failed, off {away}', { away });
}
