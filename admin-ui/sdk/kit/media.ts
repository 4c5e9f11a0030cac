import { useSyncExternalStore } from 'react';

const telephone = typeof matchMedia === 'undefined' ? undefined : matchMedia('(max-width: 767px)');

/** Whether the window is as narrow as a telephone: a bar below instead of the navigation. */
export const useTelephone = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      telephone?.addEventListener('change', changed);
      return () => telephone?.removeEventListener('change', changed);
    },
    () => telephone?.matches ?? false,
  );
