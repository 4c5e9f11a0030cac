import {
  Button,
  Problem,
  SegmentedControl,
  SkeletonRows,
  Status,
  type StatusKind,
  type TimeStyle,
  useTimeStyle,
} from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './plugin-log.module.css';
import { type LogLevel, type LogLine, type PluginDetail, useLog } from './queries.ts';

const kinds: Record<LogLevel, StatusKind> = { debug: 'off', info: 'ok', warn: 'warn', error: 'bad' };
const levels: { value: LogLevel; label: string }[] = [
  { value: 'debug', label: t('All') },
  { value: 'info', label: t('Info') },
  { value: 'warn', label: t('Warnings') },
  { value: 'error', label: t('Errors') },
];

/** Its last lines in the log, as the process that answers remembers them. */
export function PluginLog({ plugin }: { plugin: PluginDetail }) {
  const [level, setLevel] = useState<LogLevel>('info');
  const { data, problem, refresh } = useLog(plugin.id, level);
  return (
    <div className={css.log}>
      <div className={css.bar}>
        <SegmentedControl
          aria-label={t('From this level on')}
          data={levels}
          value={level}
          onChange={(value) => setLevel(value as LogLevel)}
        />
        <Button size="compact-sm" onClick={refresh}>
          {t('Look again')}
        </Button>
        {data && <span>{whose(data.process)}</span>}
      </div>
      <Problem problem={problem} retry={refresh} />
      {!data && !problem && <SkeletonRows rows={6} height="34px" />}
      {data?.items.length === 0 && (
        <p className={css.none}>
          {t('No line of this level since the process began. The log itself has what was before.')}
        </p>
      )}
      <ol>
        {data?.items.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names, and are read all at once
          <Line key={index} line={line} />
        ))}
      </ol>
    </div>
  );
}

function whose({ id, others, serves }: { id: string; others: number; serves: boolean }): string {
  const process = id.slice(-6);
  if (!serves) return t('Process {process} does not serve it: its lines are with the one that does.', { process });
  if (others === 0) return t('The last 300 lines since the start.');
  return t(
    {
      one: 'Lines of process {process}; one other has its own.',
      other: 'Lines of process {process}; {count} others have their own.',
    },
    { process, count: others },
  );
}

const timeText = (at: string, { zone, now }: TimeStyle): string => {
  const time = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const isToday = time.toPlainDate().equals(now.toZonedDateTimeISO(zone).toPlainDate());
  return `${isToday ? '' : `${time.toPlainDate()} `}${time.toPlainTime().toString({ smallestUnit: 'second' })}`;
};

function Line({ line }: { line: LogLine }) {
  const style = useTimeStyle();
  const { err, ...fields } = line.fields as { err?: { stack?: string; message?: string } } & Record<string, unknown>;
  const more = [
    ...Object.entries(fields).map(
      ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    ...(err ? [err.stack ?? err.message ?? JSON.stringify(err)] : []),
  ];
  const head = (
    <>
      <time dateTime={line.at}>{timeText(line.at, style)}</time>
      <Status kind={kinds[line.level]}>
        <span className={css.level}>{line.level}</span>
      </Status>
      <span className={css.message}>
        {line.message}
        {err?.message && <em>{err.message}</em>}
      </span>
    </>
  );
  return (
    <li data-level={line.level}>
      {more.length === 0 ? (
        <div className={css.line}>{head}</div>
      ) : (
        <details>
          <summary className={css.line}>{head}</summary>
          <pre>{more.join('\n')}</pre>
        </details>
      )}
    </li>
  );
}
