import { useEffect, useRef } from 'react';
import css from './event-map.module.css';
import type { Line } from './map-layout.ts';

const mostPerSecond = 8;
const travelSeconds = 1.4;

/**
 * One dot for each message on a line, at most eight a second: above that the line's weight alone tells. They move only
 * while the tab is looked at, and not at all for whoever wants no motion.
 */
export function MapDots({ lines }: { lines: readonly (Line & { path: string })[] }) {
  const group = useRef<SVGGElement>(null);
  useEffect(() => {
    const place = group.current;
    if (!place || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    const moving = lines
      .filter(({ perMinute }) => perMinute > 0)
      .map(({ path, perMinute }) => {
        const track = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        track.setAttribute('d', path);
        const every = 1 / Math.min(mostPerSecond, perMinute / 60);
        return { track, length: track.getTotalLength(), every, untilNext: every * ((path.length % 10) / 10) };
      });
    const dots: { dot: SVGCircleElement; track: SVGPathElement; length: number; age: number }[] = [];
    let last: number | undefined;
    let frame = requestAnimationFrame(step);

    function step(now: number): void {
      // A tab that was hidden has no frames; what would have passed meanwhile is not made up for.
      const seconds = Math.min(0.1, last === undefined ? 0 : (now - last) / 1000);
      last = now;
      for (const line of moving) {
        line.untilNext -= seconds;
        if (line.untilNext > 0) continue;
        line.untilNext += line.every;
        const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
        dot.setAttribute('r', '3');
        place!.append(dot);
        dots.push({ dot, track: line.track, length: line.length, age: 0 });
      }
      for (const one of dots) {
        one.age += seconds / travelSeconds;
        const { x, y } = one.track.getPointAtLength(Math.min(1, one.age) * one.length);
        one.dot.setAttribute('cx', String(x));
        one.dot.setAttribute('cy', String(y));
      }
      while (dots[0] && dots[0].age >= 1) dots.shift()!.dot.remove();
      frame = requestAnimationFrame(step);
    }

    return () => {
      cancelAnimationFrame(frame);
      place.replaceChildren();
    };
  }, [lines]);
  return <g ref={group} className={css.dots} />;
}
