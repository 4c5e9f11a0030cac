import { Link, PluginIcon } from '@task-connect/console';
import { useMemo } from 'react';
import { t } from '../../t.ts';
import css from './event-map.module.css';
import { MapDots } from './MapDots.tsx';
import { type Line, layOut, weightOf } from './map-layout.ts';
import { QueueFact } from './QueueFact.tsx';
import type { EventMap as Shown } from './queries.ts';
import { rateText } from './rate-text.ts';
import { useWidth } from './use-width.ts';

type EventMapProps = { map: Shown; chosen: string | null; onChoose(queue: string | null): void };

const publisherWidth = 150;
const handlerWidth = 190;
const head = 26;

/** The map as a picture: publishers, queues, handlers, and lines as heavy as what goes along them. */
export function EventMap({ map, chosen, onChoose }: EventMapProps) {
  const [ref, width] = useWidth();
  const layout = useMemo(() => layOut(map), [map]);
  const queueWidth = Math.min(300, Math.max(200, width * 0.3));
  const middle = publisherWidth + (width - publisherWidth - handlerWidth - queueWidth) / 2;
  const lines = useMemo(
    () => layout.lines.map((line) => ({ ...line, path: pathOf(line, { width, middle, queueWidth }) })),
    [layout, width, middle, queueWidth],
  );
  const looks = new Map(map.plugins.map((plugin) => [plugin.id, plugin]));
  const height = layout.height + head;
  return (
    <div ref={ref} className={css.map} style={{ height }}>
      {width > 0 && (
        <>
          <Heading left={0} text={t('Says')} />
          <Heading left={middle} text={t('Queue')} />
          <Heading left={width - handlerWidth} text={t('Handles')} />
          <svg width={width} height={height} aria-hidden="true">
            <g transform={`translate(0 ${head})`}>
              {lines.map((line) => (
                <path
                  key={line.key}
                  d={line.path}
                  className={css.line}
                  data-tone={line.tone}
                  strokeWidth={weightOf(line.perMinute)}
                />
              ))}
              <MapDots lines={lines} />
            </g>
          </svg>
          {layout.publishers.map(({ key, y, thing }) => (
            <Link
              key={key}
              className={css.publisher}
              to={`/platform/plugins/${key}`}
              style={{ top: y + head, left: 0, width: publisherWidth }}
            >
              <PluginIcon icon={thing.icon} hue={thing.hue} size={16} />
              <span>{thing.title}</span>
            </Link>
          ))}
          {layout.queues.map(({ key, y, thing }) => (
            <button
              key={key}
              type="button"
              className={css.queue}
              data-tone={thing.tone}
              aria-pressed={chosen === key}
              onClick={() => onChoose(chosen === key ? null : key)}
              style={{ top: y + head, left: middle, width: queueWidth }}
            >
              <code>{key}</code>
              <QueueFact queue={thing} />
            </button>
          ))}
          {layout.handlers.map(({ key, y, thing }) => (
            <Link
              key={key}
              className={css.handler}
              data-dead={thing.dead > 0 || undefined}
              to={`/platform/plugins/${thing.plugin}`}
              title={`${looks.get(thing.plugin)?.title}: ${thing.handler}`}
              style={{ top: y + head, left: width - handlerWidth, width: handlerWidth }}
            >
              <PluginIcon icon={looks.get(thing.plugin)?.icon} hue={looks.get(thing.plugin)?.hue} size={15} />
              <span>{thing.handler}</span>
              {thing.perMinute > 0 && <small>{rateText(thing.perMinute)}</small>}
            </Link>
          ))}
        </>
      )}
    </div>
  );
}

const Heading = ({ left, text }: { left: number; text: string }) => (
  <span className={css.heading} style={{ left }}>
    {text}
  </span>
);

function pathOf(line: Line, { width, middle, queueWidth }: { width: number; middle: number; queueWidth: number }) {
  const [from, to] = line.side === 'says' ? [publisherWidth, middle] : [middle + queueWidth, width - handlerWidth - 6];
  const bend = (to - from) / 2;
  return `M${from} ${line.from}C${from + bend} ${line.from} ${to - bend} ${line.to} ${to} ${line.to}`;
}
