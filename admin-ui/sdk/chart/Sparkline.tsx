import css from './chart.module.css';
import { linePath } from './plot.ts';

type SparklineProps = {
  /** What it shows, in words: “Answer time in the last hour, 46 ms now”. */
  label: string;
  /** From old to new; a missing value is a gap. */
  points: readonly (number | null)[];
};

/** The shape of a few values, in a line of text or a table. */
export function Sparkline({ label, points }: SparklineProps) {
  const known = points.filter((one) => one !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const placed = points.map((value, index) => ({
    x: points.length > 1 ? index / (points.length - 1) : 0.5,
    y: value === null ? null : most === least ? 0.5 : (value - least) / (most - least),
  }));
  return (
    <svg className={css.spark} viewBox="-1 -1 82 20" preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={linePath(placed, 80, 18)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
