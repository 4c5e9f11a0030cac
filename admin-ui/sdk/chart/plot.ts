/** A place on a plot: `x` and `y` from 0 to 1, `y` from the bottom; null is a missing value. */
export type PlotPoint = { x: number; y: number | null };

/** The smallest round number that a scale may end with, so that gridlines lie at values one can say. */
export function roundAbove(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * 0.9999999) ?? 10;
  return step * power;
}

/** The same below zero; a scale begins at zero unless something lies below it. */
export const roundBelow = (value: number): number => (value < 0 ? -roundAbove(-value) : 0);

/** Runs of neighbouring points that have values: a missing value is a gap, not zero. */
export function runsOf(points: readonly PlotPoint[]): { x: number; y: number }[][] {
  const runs: { x: number; y: number }[][] = [[]];
  for (const { x, y } of points) {
    if (y === null) {
      if (runs.at(-1)!.length > 0) runs.push([]);
    } else runs.at(-1)!.push({ x, y });
  }
  return runs.filter((run) => run.length > 0);
}

const at = (value: number) => Math.round(value * 100) / 100;

/** The line through the points, with its gaps, as the path of an SVG of this size. A lone point is a short dash. */
export function linePath(points: readonly PlotPoint[], width: number, height: number): string {
  return runsOf(points)
    .map((run) => {
      const places = run.map(({ x, y }) => `${at(x * width)} ${at((1 - y) * height)}`);
      return run.length === 1 ? `M${places[0]}h0.01` : `M${places.join('L')}`;
    })
    .join('');
}

/** The area below the line. */
export function areaPath(points: readonly PlotPoint[], width: number, height: number, ground = 0): string {
  const floor = at((1 - ground) * height);
  return runsOf(points)
    .filter((run) => run.length > 1)
    .map((run) => {
      const line = run.map(({ x, y }) => `L${at(x * width)} ${at((1 - y) * height)}`).join('');
      return `M${at(run[0]!.x * width)} ${floor}${line}L${at(run.at(-1)!.x * width)} ${floor}Z`;
    })
    .join('');
}
