import { use, useEffect } from 'react';
import { MeContext } from '../person/me.ts';
import { makeStore, useStore } from '../store.ts';
import { localeFor, type TimeStyle } from './format.ts';

const seconds = makeStore(Math.floor(Date.now() / 1000));
const minutes = makeStore(Math.floor(Date.now() / 60_000));
let watchers = 0;
let ticking: ReturnType<typeof setInterval> | undefined;

// One interval for the page; it stands still while nobody looks at a time.
function useTicking(): void {
  useEffect(() => {
    watchers++;
    ticking ??= setInterval(() => {
      seconds.set(Math.floor(Date.now() / 1000));
      minutes.set(Math.floor(Date.now() / 60_000));
    }, 1000);
    return () => {
      watchers--;
      if (watchers > 0) return;
      clearInterval(ticking);
      ticking = undefined;
    };
  }, []);
}

/** Now, in whole seconds since 1970; rendered again every second. For a running clock. */
export function useSeconds(): number {
  useTicking();
  return useStore(seconds);
}

/** How this person reads times; rendered again every minute. */
export function useTimeStyle(): TimeStyle {
  useTicking();
  const minute = useStore(minutes);
  // On a public page nobody is signed in; then it is as the browser has it.
  const me = use(MeContext);
  // The minute’s start would be before things that happened within it.
  return {
    locale: localeFor(me?.locale ?? navigator.language, navigator.languages),
    zone: me?.zone ?? Temporal.Now.timeZoneId(),
    now: Temporal.Instant.fromEpochMilliseconds(Math.max(Date.now(), minute * 60_000)),
  };
}

/** Today’s date in the person’s zone. */
export const useToday = (): Temporal.PlainDate => {
  const { now, zone } = useTimeStyle();
  return now.toZonedDateTimeISO(zone).toPlainDate();
};
