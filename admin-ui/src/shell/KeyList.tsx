import { Dialog, Kbd, keyNames } from '@task-connect/console';
import { shortcuts, useStore } from '@task-connect/console/shell';
import { t } from '../t.ts';
import css from './palette.module.css';

/** The keys of this screen, as they are now. */
export function KeyList({ onClose }: { onClose(): void }) {
  const all = useStore(shortcuts);
  const listed = all.filter(
    (one, index) => all.findIndex((other) => other.title === one.title) === index && one.title !== '',
  );
  return (
    <Dialog title={t('The keys of this screen')} onClose={onClose}>
      <ul className={css.keyList}>
        {listed.map((one) => (
          <li key={one.keys}>
            {one.title}
            <span className={css.keys}>
              {keyNames(one.keys).map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
