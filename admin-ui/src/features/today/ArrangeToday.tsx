import { Button, dayTitle, Page, Problem, useMe, useTimeStyle, useToday } from '@task-connect/console';
import { t } from '../../t.ts';
import { useSaveMe } from '../me/queries.ts';
import { ArrangedColumn } from './ArrangedColumn.tsx';
import css from './arrange.module.css';
import { type Arranged, arrange, keepArrangement, moved, places, readArrangement } from './arrangement.ts';
import { placeTitle } from './place-title.ts';
import type { Placed } from './placed.ts';
import { useLift } from './use-lift.ts';

type ArrangeTodayProps = { placed: Arranged<Placed>; onDone(): void };

/** Today while it is arranged: each widget can be taken by its grip, or lifted by M and moved by the arrows. */
export function ArrangeToday({ placed, onDone }: ArrangeTodayProps) {
  const { preferences } = useMe();
  const { locale } = useTimeStyle();
  const today = useToday();
  const save = useSaveMe();
  const keep = (now: Arranged<Placed>) =>
    void save.run({ preferences: { today: keepArrangement(now, readArrangement(preferences.today)) } });
  const lift = useLift(placed, keep);
  const { now } = lift;
  const put = (id: string, to: Parameters<typeof moved>[2]) => {
    const next = moved(now, id, to, now[to].length);
    lift.show(next);
    keep(next);
  };
  const reset = () => {
    const all = [...places, 'hidden' as const].flatMap((place) => now[place]);
    lift.show(arrange(all, readArrangement(null)));
    void save.run({ preferences: { today: null } });
  };
  return (
    <Page
      title={dayTitle(today, locale)}
      here={t('Today')}
      summary={t('Take a part by its grip, or press M on it and move it by the arrows.')}
      actions={
        <>
          <Button onClick={reset}>{t('As it was at first')}</Button>
          <Button variant="filled" onClick={onDone}>
            {t('Done')}
          </Button>
        </>
      }
    >
      <Problem problem={save.problem} retry={save.reset} />
      <div ref={lift.root} className={css.columns}>
        {places.map((place) => (
          <ArrangedColumn
            key={place}
            place={place}
            placed={now[place]}
            lift={lift}
            onHide={(id) => put(id, 'hidden')}
          />
        ))}
      </div>
      <section className={css.hidden}>
        <h2>{t('Hidden')}</h2>
        {now.hidden.length === 0 && <p>{t('Nothing is hidden.')}</p>}
        {now.hidden.map(({ id, widget, plugin }) => (
          <Button key={id} onClick={() => put(id, widget.place)}>
            {t('Show {widget} of {plugin}', { widget: widget.title, plugin: plugin.title })}
          </Button>
        ))}
      </section>
      <p className={css.told} role="status">
        {lift.told && t('{widget}: {place}, {index} of {count}.', { ...lift.told, place: placeTitle(lift.told.place) })}
      </p>
    </Page>
  );
}
