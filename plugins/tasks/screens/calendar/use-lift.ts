import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { type CalendarItem, type Place, stepped } from './calendar-item.ts';

export type Lifted = { item: CalendarItem; place: Place; by: 'pointer' | 'keys' };

export type Lift = {
  lifted: Lifted | null;
  /** Keys of a block: M lifts, arrows move, Enter puts down, Esc takes back. */
  press(event: KeyboardEvent, item: CalendarItem): void;
  grab(event: PointerEvent, item: CalendarItem): void;
  /** Whether the click that comes now ended a drag. */
  wasDragged(): boolean;
};

/** Picks up what stands in the calendar, by the pointer or by M, and puts it elsewhere. */
export function useLift(given: {
  movable: boolean;
  step: 'quarters' | 'weeks';
  onPut(item: CalendarItem, place: Place): void;
}): Lift {
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const dragged = useRef(false);
  const put = useRef(given.onPut);
  put.current = given.onPut;
  const end = useRef<AbortController>(undefined);
  useEffect(() => () => end.current?.abort(), []);
  const canMove = (item: CalendarItem) => given.movable && item.first && item.kind !== 'running';

  const press = (event: KeyboardEvent, item: CalendarItem) => {
    if (event.metaKey || event.ctrlKey || event.altKey || !canMove(item)) return;
    const holds = lifted?.item.key === item.key ? lifted : null;
    let next: Lifted | null | undefined;
    if (!holds && event.key === 'm') next = { item, place: placeOf(item), by: 'keys' };
    else if (holds && event.key === 'Escape') next = null;
    else if (holds && event.key === 'Enter') {
      next = null;
      if (!isSame(holds.place, placeOf(item))) put.current(item, holds.place);
    } else if (holds) {
      const place = stepped(holds.place, event.key, given.step);
      next = place && { ...holds, place };
    }
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setLifted(next);
  };

  const grab = (event: PointerEvent, item: CalendarItem) => {
    dragged.current = false;
    // A finger scrolls; for it there is the panel, where dates are changed as well.
    if (event.button !== 0 || event.pointerType === 'touch' || !canMove(item)) return;
    const from = { x: event.clientX, y: event.clientY };
    const inside = event.clientY - event.currentTarget.getBoundingClientRect().top;
    let place: Place | undefined;
    end.current?.abort();
    const over = new AbortController();
    end.current = over;
    const options = { signal: over.signal };
    const letGo = () => {
      over.abort();
      setLifted(null);
    };
    addEventListener(
      'pointermove',
      (move) => {
        if (!dragged.current && Math.hypot(move.clientX - from.x, move.clientY - from.y) < 5) return;
        dragged.current = true;
        place = placeAt(move.clientX, move.clientY, inside, item) ?? place ?? placeOf(item);
        setLifted({ item, place, by: 'pointer' });
      },
      options,
    );
    addEventListener(
      'pointerup',
      () => {
        letGo();
        if (place && !isSame(place, placeOf(item))) put.current(item, place);
      },
      options,
    );
    addEventListener('pointercancel', letGo, options);
    addEventListener('keydown', (key) => key.key === 'Escape' && letGo(), options);
  };
  return { lifted, press, grab, wasDragged: () => dragged.current };
}

const placeOf = ({ date, from }: CalendarItem): Place => ({ date, from });
const isSame = (one: Place, other: Place) => one.date === other.date && one.from === other.from;

/** The place below the pointer: a day that keeps the time, a day without one, or a ruler of 24 hours. */
function placeAt(x: number, y: number, inside: number, item: CalendarItem): Place | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    if (!(element instanceof HTMLElement) || !element.dataset.date) continue;
    const { date, takes } = element.dataset;
    if (takes === 'day') return { date, from: item.kind === 'due' ? null : item.from };
    if (takes !== 'time') return { date, from: item.from };
    const { top, height } = element.getBoundingClientRect();
    // A day without a time has no height to hold it by.
    const held = item.from === null ? 0 : inside;
    const minutes = Math.round((((y - held - top) / height) * 1440) / 15) * 15;
    return { date, from: Math.min(1425, Math.max(0, minutes)) };
  }
  return undefined;
}
