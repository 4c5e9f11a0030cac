import type { StatusKind } from '@task-connect/console';
import { t } from '../../t.ts';
import type { WayStep } from './queries.ts';

const shown: Record<WayStep['state'], { kind: StatusKind; word: string }> = {
  'in-outbox': { kind: 'busy', word: t('waits to leave') },
  'in-queue': { kind: 'busy', word: t('waits in the queue') },
  waiting: { kind: 'busy', word: t('is next in its line') },
  running: { kind: 'busy', word: t('is handled now') },
  retrying: { kind: 'warn', word: t('failed, is tried again') },
  done: { kind: 'ok', word: t('done') },
  dead: { kind: 'bad', word: t('given up') },
  parked: { kind: 'warn', word: t('parked') },
  discarded: { kind: 'off', word: t('discarded') },
  unknown: { kind: 'off', word: t('not known') },
};

/** How far a handler is with an event, by shape and word. */
export const stepShown = (state: WayStep['state']) => shown[state];
