import { Button, Icon, PluginMark } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './arrange.module.css';
import type { Place } from './arrangement.ts';
import { PlacedWidget } from './PlacedWidget.tsx';
import { placeTitle } from './place-title.ts';
import type { Placed } from './placed.ts';
import type { Lift } from './use-lift.ts';

type ArrangedColumnProps = {
  place: Place;
  placed: readonly Placed[];
  lift: Lift;
  onHide(id: string): void;
};

/** A column of Today while it is arranged; each widget shows its head, a grip, and a glimpse of itself. */
export function ArrangedColumn({ place, placed, lift, onHide }: ArrangedColumnProps) {
  return (
    <ul className={css.column} data-place={place} aria-label={placeTitle(place)}>
      {placed.map((one) => (
        <li key={one.id} className={css.card} data-widget={one.id} data-lifted={lift.lifted === one.id || undefined}>
          <div className={css.cardHead}>
            <button
              type="button"
              className={css.grip}
              data-grip={one.id}
              aria-label={t('Move {widget}', { widget: one.widget.title })}
              aria-pressed={lift.lifted === one.id}
              aria-keyshortcuts="M"
              {...lift.grip(one.id)}
            >
              <Icon name="grip-vertical" size={16} />
            </button>
            <PluginMark plugin={one.plugin.plugin} size={16} />
            <strong>{one.widget.title}</strong>
            <Button
              size="xs"
              onClick={() => onHide(one.id)}
              aria-label={t('Hide {widget}', { widget: one.widget.title })}
            >
              {t('Hide')}
            </Button>
          </div>
          <div className={css.glimpse} inert>
            <PlacedWidget {...one} />
          </div>
        </li>
      ))}
    </ul>
  );
}
