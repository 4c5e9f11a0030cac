import { Button, Notice } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './profile.module.css';

/** A secret that is shown this once. */
export function NewTokenNotice({ token }: { token: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(token);
    setCopied(true);
  };
  return (
    <Notice kind="warn" title={t('Take it now: it is shown this once.')}>
      <div className={css.secret}>
        <code>{token}</code>
        <Button size="compact-sm" onClick={() => void copy()}>
          {copied ? t('Copied') : t('Copy')}
        </Button>
      </div>
    </Notice>
  );
}
