import type { CSSProperties } from 'react';
import { type Block, spanOf } from './day-blocks.ts';
import css from './day-line.module.css';
import { t } from './t.ts';

type DayLineProps = { blocks: readonly Block[]; now: Temporal.ZonedDateTime; sparse: boolean };

/** Hours as a ruler; tracked is a fill, running is the accent, planned is outlined. Its sums are said beside it. */
export function DayLine({ blocks, now, sparse }: DayLineProps) {
  const hour = now.hour + now.minute / 60;
  const { from, to } = spanOf(blocks, hour);
  const x = (at: number) => `${((at - from) / (to - from)) * 100}%`;
  const hours = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  // A figure that the clock would cover is left out.
  const free = (to - from) * (sparse ? 0.1 : 0.04);
  const labelled = hours.filter((one) => (!sparse || (one - from) % 3 === 0) && Math.abs(one - hour) > free);
  const label = t('Your day from {from} to {to}: {n} blocks of work', { from, to, n: blocks.length });
  return (
    <div role="img" aria-label={label}>
      <div className={css.track}>
        {hours.map((one) => (
          <i key={one} className={css.hour} data-major={one % 3 === 1 || undefined} style={{ left: x(one) }} />
        ))}
        {blocks.map((block) => (
          <span
            key={block.kind + block.from}
            className={block.to - block.from < 0.4 ? `${css.block} ${css.narrow}` : css.block}
            data-kind={block.kind}
            title={block.title}
            style={{ left: x(block.from), width: widthOf(block, to - from) }}
          >
            {block.to - block.from >= 0.4 && block.title}
          </span>
        ))}
        <em className={css.now} style={{ left: x(hour) }} />
      </div>
      <div className={css.hours}>
        {labelled.map((one) => (
          <span key={one} data-edge={edgeOf(one, from, to)} style={{ left: x(one) }}>
            {one}
          </span>
        ))}
        <span className={css.clock} data-edge={edgeOf(Math.round(hour), from, to)} style={{ left: x(hour) }}>
          {`${now.hour}:${String(now.minute).padStart(2, '0')}`}
        </span>
      </div>
    </div>
  );
}

const widthOf = (block: Block, hours: number): CSSProperties['width'] => `${((block.to - block.from) / hours) * 100}%`;

const edgeOf = (hour: number, from: number, to: number) => (hour === from ? 'first' : hour === to ? 'last' : undefined);
