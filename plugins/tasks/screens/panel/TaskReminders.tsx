import {
  ActionIcon,
  Button,
  DateTime,
  durationText,
  Icon,
  Menu,
  Problem,
  Section,
  usePermission,
} from '@task-connect/console';
import { type Task, useChangeTask } from '../queries.ts';
import { t } from '../t.ts';
import css from './panel.module.css';

type Reminder = NonNullable<Task['reminders']>[number];
const offered = [0, 10, 60, 180, 1440, 10_080];

/** When one is reminded of a task: as the settings say, or at times of its own. */
export function TaskReminders({ task }: { task: Task }) {
  const change = useChangeTask();
  const mayWrite = usePermission('tasks:write');
  const own = task.reminders;
  const save = (reminders: Reminder[] | null) => void change.run({ task, patch: { reminders } });
  return (
    <Section title={t('Reminders')} className={css.part} note={own === null ? t('as the settings say') : undefined}>
      <ul className={css.steps}>
        {own?.map((reminder) => (
          <li key={JSON.stringify(reminder)}>
            <span>{'at' in reminder ? <DateTime at={reminder.at} /> : beforeText(reminder.minutesBefore)}</span>
            {mayWrite && (
              <ActionIcon
                aria-label={t('Delete this reminder')}
                onClick={() => save(own.filter((one) => one !== reminder))}
              >
                <Icon name="x" size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
        {own?.length === 0 && <li>{t('None.')}</li>}
      </ul>
      <Problem problem={change.problem} />
      {mayWrite && (
        <div className={css.actions}>
          <Menu position="bottom-start">
            <Menu.Target>
              <Button size="compact-sm">{t('Add…')}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              {offered.map((minutesBefore) => (
                <Menu.Item key={minutesBefore} onClick={() => save([...(own ?? []), { minutesBefore }])}>
                  {beforeText(minutesBefore)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {own === null ? (
            <Button size="compact-sm" onClick={() => save([])}>
              {t('None')}
            </Button>
          ) : (
            <Button size="compact-sm" onClick={() => save(null)}>
              {t('As the settings say')}
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}

function beforeText(minutes: number): string {
  if (minutes === 0) return t('When it is due');
  if (minutes % 1440 === 0) return t({ one: 'A day before', other: '{count} days before' }, { count: minutes / 1440 });
  return t('{time} before', { time: durationText(minutes * 60) });
}
