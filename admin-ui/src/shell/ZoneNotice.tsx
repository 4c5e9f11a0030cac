import { Button, Notice, useMe } from '@task-connect/console';
import { useSaveMe } from '../features/me/queries.ts';
import { t } from '../t.ts';

/** A new account is in UTC; once, the console offers the zone of the device, because “today” hangs on it. */
export function ZoneNotice() {
  const me = useMe();
  const save = useSaveMe();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (me.zone !== 'UTC' || here === 'UTC' || me.preferences.zoneAsked === true) return null;
  const answer = (zone: string) => void save.run({ zone, preferences: { zoneAsked: true } });
  return (
    <Notice
      kind="warn"
      title={t('Your profile is in UTC, and this device is in {zone}.', { zone: here })}
      actions={
        <>
          <Button onClick={() => answer(here)}>{t('Use {zone}', { zone: here })}</Button>
          <Button onClick={() => answer('UTC')}>{t('Stay in UTC')}</Button>
        </>
      }
    >
      <p>{t('Your zone decides what “today” is, and when reminders come.')}</p>
    </Notice>
  );
}
