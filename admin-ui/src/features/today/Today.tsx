import { Button, dayTitle, Icon, Page, useTimeStyle, useToday } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import { useState } from 'react';
import { pluginScreens } from '../../plugin-screens.ts';
import { FailedPlugin } from '../../shell/FailedPlugin.tsx';
import { t } from '../../t.ts';
import { ArrangeToday } from './ArrangeToday.tsx';
import { places } from './arrangement.ts';
import { FirstSteps } from './FirstSteps.tsx';
import { NothingToday } from './NothingToday.tsx';
import { PlacedWidget } from './PlacedWidget.tsx';
import { usePlaced } from './placed.ts';
import { Summaries } from './Summaries.tsx';
import css from './today.module.css';

/** The day: what the plugins have to say of it, where the person wants it. */
export function Today() {
  const { locale } = useTimeStyle();
  const today = useToday();
  const placed = usePlaced();
  const broken = useStore(pluginScreens).filter((plugin) => !plugin.screens);
  const [arranging, setArranging] = useState(false);
  const shown = places.flatMap((place) => placed[place]);
  const columns = places.filter((place) => place !== 'head' && placed[place].length > 0);

  if (arranging) return <ArrangeToday placed={placed} onDone={() => setArranging(false)} />;
  return (
    <Page
      title={dayTitle(today, locale)}
      here={t('Today')}
      summary={<Summaries placed={shown} />}
      actions={
        shown.length + placed.hidden.length > 0 && (
          <Button leftSection={<Icon name="adjustments-horizontal" size={16} />} onClick={() => setArranging(true)}>
            {t('Arrange')}
          </Button>
        )
      }
    >
      {broken.map((plugin) => (
        <FailedPlugin key={plugin.plugin} plugin={plugin} />
      ))}
      <FirstSteps />
      {shown.length === 0 && broken.length === 0 && (
        <NothingToday hidden={placed.hidden.length > 0} onArrange={() => setArranging(true)} />
      )}
      <div className={css.head}>
        {placed.head.map((one) => (
          <PlacedWidget key={one.id} {...one} />
        ))}
      </div>
      <div className={css.columns} data-columns={columns.join(' ')}>
        {columns.map((place) => (
          <div key={place} className={css.column}>
            {placed[place].map((one) => (
              <PlacedWidget key={one.id} {...one} />
            ))}
          </div>
        ))}
      </div>
    </Page>
  );
}
