import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { Section, SegmentedControl, Switch, useMe } from '@task-connect/console';
import { useId, useState } from 'react';
import { remembered } from '../../remembered.ts';
import { t } from '../../t.ts';
import css from './profile.module.css';
import { useSaveMe } from './queries.ts';

/** How the console looks in this browser, and which keys it hears. */
export function Appearance() {
  const id = useId();
  const { preferences } = useMe();
  const save = useSaveMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useState(document.documentElement.dataset.density ?? 'comfortable');
  const choose = (chosen: string) => {
    setDensity(chosen);
    document.documentElement.dataset.density = chosen;
    remembered.density.set(chosen);
  };
  return (
    <Section title={t('Looks and keys')} note={t('effective at once')}>
      <div className={css.choices}>
        <div className={css.choice}>
          <span id={`${id}-scheme`}>{t('Scheme, in this browser')}</span>
          <SegmentedControl
            aria-labelledby={`${id}-scheme`}
            value={colorScheme}
            data={[
              { value: 'light', label: t('Light') },
              { value: 'dark', label: t('Dark') },
              { value: 'auto', label: t('As the system') },
            ]}
            onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
          />
        </div>
        <div className={css.choice}>
          <span id={`${id}-density`}>{t('Rows, in this browser')}</span>
          <SegmentedControl
            aria-labelledby={`${id}-density`}
            value={density}
            data={[
              { value: 'comfortable', label: t('Comfortable') },
              { value: 'compact', label: t('Compact') },
            ]}
            onChange={choose}
          />
        </div>
        <Switch
          label={t('Single keys, such as N and G T')}
          description={t('Those with Ctrl or ⌘ work in any case.')}
          checked={preferences.singleKeys !== false}
          onChange={(event) => void save.run({ preferences: { singleKeys: event.currentTarget.checked } })}
        />
      </div>
    </Section>
  );
}
