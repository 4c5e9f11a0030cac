import { Kbd } from '@task-connect/console';
import css from './move-bar.module.css';
import { t } from './t.ts';

type MoveBarProps = { says: string; keys: readonly { keys: readonly string[]; does: string }[] };

/** While something is lifted: what would happen, and the keys that move it. */
export function MoveBar({ says, keys }: MoveBarProps) {
  return (
    <div className={css.bar}>
      <strong role="status">{says}</strong>
      {[...keys, { keys: [t('Enter')], does: t('put down') }, { keys: [t('Esc')], does: t('back') }].map((one) => (
        <span key={one.does}>
          {one.keys.map((key) => (
            <Kbd key={key} className={css.key}>
              {key}
            </Kbd>
          ))}
          {one.does}
        </span>
      ))}
    </div>
  );
}
