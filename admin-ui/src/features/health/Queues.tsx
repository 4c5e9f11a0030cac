import { Button, PluginMark, roughly } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './health.module.css';
import type { Queue } from './queries.ts';

/** What waits for each plugin; of those that are empty only how many there are, until they are asked for. */
export function Queues({ queues }: { queues: readonly Queue[] }) {
  const [all, setAll] = useState(false);
  if (queues.length === 0)
    return (
      <p className={css.plain}>{t('No plugin that is on handles events. Enable one, and its queues stand here.')}</p>
    );
  const busiest = queues.toSorted((a, b) => b.dead - a.dead || b.waiting - a.waiting || a.queue.localeCompare(b.queue));
  const full = busiest.filter(({ waiting, dead }) => waiting + dead > 0);
  const empty = queues.length - full.length;
  const shown = all ? busiest : full;
  return (
    <>
      {shown.length > 0 && <QueueTable queues={shown} />}
      {empty > 0 && (
        <p className={css.plain}>
          {t({ one: 'One queue is empty.', other: '{count} queues are empty.' }, { count: empty })}{' '}
          <Button size="compact-sm" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('Hide them') : t('Show them')}
          </Button>
        </p>
      )}
    </>
  );
}

function QueueTable({ queues }: { queues: readonly Queue[] }) {
  return (
    <table className={css.numbers}>
      <thead>
        <tr>
          <th scope="col">{t('Queue')}</th>
          <th scope="col">{t('Waiting')}</th>
          <th scope="col">{t('Oldest')}</th>
          <th scope="col">{t('Dead')}</th>
        </tr>
      </thead>
      <tbody>
        {queues.map(({ plugin, queue, waiting, oldestSeconds, dead }) => (
          <tr key={`${plugin} ${queue}`}>
            <th scope="row">
              <PluginMark plugin={plugin} size={15} />
              <code>{queue}</code>
            </th>
            <td data-zero={waiting === 0 || undefined}>{waiting}</td>
            <td data-zero={oldestSeconds === null || undefined}>
              {oldestSeconds === null ? '–' : roughly(oldestSeconds)}
            </td>
            <td data-zero={dead === 0 || undefined} data-bad={dead > 0 || undefined}>
              {dead}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
