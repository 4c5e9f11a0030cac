import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Arranged, moved, type Place, places, stepped } from './arrangement.ts';
import { placeUnder } from './place-under.ts';
import type { Placed } from './placed.ts';

export type Lift = {
  root: RefObject<HTMLDivElement | null>;
  /** As it would be if it were put down now. */
  now: Arranged<Placed>;
  show(now: Arranged<Placed>): void;
  /** The widget that is held, by pointer or by keys. */
  lifted: string | undefined;
  /** Where it is held, to be said aloud. */
  told: { widget: string; place: Place; index: number; count: number } | undefined;
  /** What the grip of a widget listens to. */
  grip(id: string): {
    onKeyDown(event: KeyboardEvent): void;
    onPointerDown(event: PointerEvent): void;
    onBlur(): void;
  };
};

type Held = { id: string; by: 'keys' | 'pointer'; before: Arranged<Placed> };

const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

/** Lifts a widget by M or by its grip, moves it, puts it down (and only then keeps it) or back where it was. */
export function useLift(placed: Arranged<Placed>, keep: (now: Arranged<Placed>) => void): Lift {
  const root = useRef<HTMLDivElement>(null);
  const [now, show] = useState(placed);
  const [held, setHeld] = useState<Held>();
  const [told, setTold] = useState<Lift['told']>();

  const goTo = (id: string, next: Arranged<Placed>) => {
    show(next);
    setTold(placeOf(next, id));
  };
  const putDown = () => {
    setHeld(undefined);
    if (held && held.before !== now) keep(now);
  };
  const putBack = () => {
    if (held) goTo(held.id, held.before);
    setHeld(undefined);
  };

  // In another column the grip is another element.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each move may have made it another one
  useEffect(() => {
    if (held?.by === 'keys') root.current?.querySelector<HTMLElement>(`[data-grip="${CSS.escape(held.id)}"]`)?.focus();
  }, [held, now]);

  useEffect(() => {
    if (held?.by !== 'pointer') return undefined;
    const move = (event: globalThis.PointerEvent) => {
      const under = root.current && placeUnder(root.current, held.id, event.clientX, event.clientY);
      if (!under) return;
      const next = moved(now, held.id, under.place, under.index);
      if (isElsewhere(next, now, held.id)) goTo(held.id, next);
    };
    const cancel = (event: globalThis.KeyboardEvent) => event.key === 'Escape' && putBack();
    addEventListener('pointermove', move);
    addEventListener('pointerup', putDown);
    addEventListener('pointercancel', putBack);
    addEventListener('keydown', cancel);
    return () => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', putDown);
      removeEventListener('pointercancel', putBack);
      removeEventListener('keydown', cancel);
    };
  });

  return {
    root,
    now,
    show,
    lifted: held?.id,
    told,
    grip: (id) => ({
      onKeyDown(event) {
        const arrow = arrows.find((key) => key === event.key);
        if (held?.id !== id) {
          if (event.key !== 'Enter' && event.key !== ' ' && event.key.toLowerCase() !== 'm') return;
          setHeld({ id, by: 'keys', before: now });
          setTold(placeOf(now, id));
        } else if (arrow) goTo(id, stepped(now, id, arrow));
        else if (event.key === 'Escape') putBack();
        else if (event.key === 'Enter' || event.key === ' ') putDown();
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
      onPointerDown(event) {
        if (event.button !== 0) return;
        setHeld({ id, by: 'pointer', before: now });
      },
      // Whoever goes elsewhere has put it down where it is; a grip that was drawn anew has the focus again by then.
      onBlur: () =>
        requestAnimationFrame(() => {
          const { activeElement } = document;
          const stays = activeElement instanceof HTMLElement && activeElement.dataset.grip === id;
          if (!stays && held?.by === 'keys' && held.id === id) putDown();
        }),
    }),
  };
}

function placeOf(now: Arranged<Placed>, id: string): Lift['told'] {
  for (const place of places) {
    const index = now[place].findIndex((one) => one.id === id);
    if (index >= 0)
      return { widget: now[place][index]!.widget.title, place, index: index + 1, count: now[place].length };
  }
  return undefined;
}

function isElsewhere(next: Arranged<Placed>, now: Arranged<Placed>, id: string): boolean {
  const [a, b] = [placeOf(next, id), placeOf(now, id)];
  return a?.place !== b?.place || a?.index !== b?.index;
}
