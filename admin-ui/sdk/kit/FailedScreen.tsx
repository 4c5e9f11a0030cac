import { Button } from '@mantine/core';
import { translator } from '../words/t.ts';
import css from './empty-state.module.css';
import { Icon } from './Icon.tsx';

const t = translator('console');

type FailedScreenProps = { title: string; reason: string; retry(): void };

/** A part of the page that could not be loaded or threw; the rest of the console goes on. */
export function FailedScreen({ title, reason, retry }: FailedScreenProps) {
  return (
    <div className={css.failed} role="alert">
      <Icon name="plug-off" size={22} />
      <div>
        <strong>{title}</strong>
        <p>{t('Nothing else is touched. The reason: {reason}', { reason })}</p>
        <div className={css.actions}>
          <Button onClick={retry}>{t('Try again')}</Button>
        </div>
      </div>
    </div>
  );
}
