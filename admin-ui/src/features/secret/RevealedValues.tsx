import { Button, DialogActions } from '@task-connect/console';
import { useEffect, useState } from 'react';
import { t } from '../../t.ts';
import type { Revealed, SecretDetail } from './queries.ts';
import css from './secret.module.css';

type RevealedValuesProps = { revealed: Revealed; fields: SecretDetail['fields']; onClose(): void };

/** The values, until their time is over. */
export function RevealedValues({ revealed, fields, onClose }: RevealedValuesProps) {
  const [left, setLeft] = useState(revealed.shownSeconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const isOver = left <= 0;
  useEffect(() => {
    if (isOver) onClose();
  }, [isOver, onClose]);
  const titleOf = (name: string) => fields.find((field) => field.name === name)?.title ?? name;
  return (
    <>
      <dl className={css.values}>
        {Object.entries(revealed.values).map(([name, value]) => (
          <div key={name}>
            <dt>{titleOf(name)}</dt>
            <dd>
              <code>{String(value)}</code>
              <Button size="compact-sm" onClick={() => void navigator.clipboard.writeText(String(value))}>
                {t('Copy')}
              </Button>
            </dd>
          </div>
        ))}
      </dl>
      <DialogActions
        note={t('Version {version}, hidden again in {seconds} s', { version: revealed.version, seconds: left })}
      >
        <Button autoFocus onClick={onClose}>
          {t('Hide it')}
        </Button>
      </DialogActions>
    </>
  );
}
