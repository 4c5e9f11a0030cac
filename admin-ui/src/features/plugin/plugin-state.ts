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

/** A plugin’s state by shape and word. */
export const stateShown = (state: PluginState) => shown[state];
