import type { MantineColorScheme } from '@mantine/core';
import { Section, SegmentedControl, Switch, useMe } from '@task-connect/console';
import { useId } from 'react';
import { type Density, useLook } from '../../look.ts';
import { t } from '../../t.ts';
import css from './profile.module.css';
import { useSaveMe } from './queries.ts';

/** How the console looks, and which keys it hears. */
export function Appearance() {
  const id = useId();
  const { preferences } = useMe();
  const save = useSaveMe();
  const look = useLook();
  return (
    <Section title={t('Looks and keys')} note={t('effective at once')}>
      <div className={css.choices}>
        <div className={css.choice}>
          <span id={`${id}-scheme`}>{t('Scheme')}</span>
          <SegmentedControl
            aria-labelledby={`${id}-scheme`}
            value={look.scheme}
            data={[
              { value: 'light', label: t('Light') },
              { value: 'dark', label: t('Dark') },
              { value: 'auto', label: t('As the system') },
            ]}
            onChange={(scheme) => look.setScheme(scheme as MantineColorScheme)}
          />
        </div>
        <div className={css.choice}>
          <span id={`${id}-density`}>{t('Rows')}</span>
          <SegmentedControl
            aria-labelledby={`${id}-density`}
            value={look.density}
            data={[
              { value: 'comfortable', label: t('Comfortable') },
              { value: 'compact', label: t('Compact') },
            ]}
            onChange={(density) => look.setDensity(density as Density)}
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
