import type { StatusKind } from '@task-connect/console';
import { t } from '../../t.ts';
import type { PluginState } from './queries.ts';

const shown: Record<PluginState, { kind: StatusKind; word: string }> = {
  on: { kind: 'ok', word: t('On') },
  off: { kind: 'off', word: t('Off') },
  enabling: { kind: 'busy', word: t('Enabling') },
  disabling: { kind: 'busy', word: t('Disabling') },
  failed: { kind: 'bad', word: t('Failed') },
};

/** A plugin’s state by shape and word; one that is on while events lie dead is degraded. */
export const stateShown = (state: PluginState, dead = 0) =>
  state === 'on' && dead > 0 ? { kind: 'warn' as const, word: t('Degraded') } : shown[state];
