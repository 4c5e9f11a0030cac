import { Button, navigate, TextInput } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './events.module.css';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Goes to an event by its id, as it stands in the log and in dead letters. */
export function FindEvent() {
  const [id, setId] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      className={css.find}
      onSubmit={(event) => {
        event.preventDefault();
        if (uuid.test(id.trim())) navigate(`/platform/events/${id.trim().toLowerCase()}`);
        else setWrong(true);
      }}
    >
      <TextInput
        aria-label={t('Id of an event')}
        placeholder={t('Id of an event')}
        value={id}
        error={isWrong && t('An event’s id is a UUID; it stands in the log and with dead letters.')}
        onChange={(event) => {
          setId(event.currentTarget.value);
          setWrong(false);
        }}
      />
      <Button type="submit" disabled={id.trim() === ''}>
        {t('Find')}
      </Button>
    </form>
  );
}
