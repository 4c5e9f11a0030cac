import { type Contract, InvalidInput, type Log } from '@task-connect/sdk';
import { effectiveSettings, faultsOfNewSettings } from './plugin-settings.ts';
import type { pluginState, SavedValues } from './plugin-state.ts';

// The settings of plugins as this process has read them last, parsed once.

type Values = Record<string, unknown>;

export type SavedSettings = ReturnType<typeof makeSavedSettings>;

export function makeSavedSettings(needs: {
  store: ReturnType<typeof pluginState>;
  schemaOf: (id: string) => Contract['settings'];
  log: Log;
}) {
  const { store, schemaOf, log } = needs;
  const refusedSettings = new Map<string, string>();
  const parsed = new Map<string, Values>();
  let saved = new Map<string, SavedValues>();
  let readings = 0;
  let newestReading = 0;

  async function read(): Promise<void> {
    readings += 1;
    const mine = readings;
    const rows = await store.settings();
    // One that began earlier may end later, and would bring back what was changed meanwhile.
    if (mine < newestReading) return;
    newestReading = mine;
    saved = rows;
    parsed.clear();
  }

  return {
    /** With defaults for what was not saved, or does not fit any more. */
    of(id: string): Values {
      const found = parsed.get(id);
      if (found) return found;
      const { values, refused } = effectiveSettings(schemaOf(id), saved.get(id)?.values ?? {});
      if (refused.join() !== (refusedSettings.get(id) ?? '')) {
        refusedSettings.set(id, refused.join());
        log.warn({ plugin: id, refused }, 'Saved settings do not fit any more; their defaults are used');
      }
      parsed.set(id, values);
      return values;
    },
    missingFor: ({ id, settings }: Contract): readonly string[] =>
      effectiveSettings(settings, saved.get(id)?.values ?? {}).missing,
    forgetParsed: (id: string) => void parsed.delete(id),
    read,
    /** Grows with every save; 0 before the first. */
    version: (id: string): number => saved.get(id)?.version ?? 0,
    /** `beside` is written in the same transaction. */
    async save(id: string, values: Values, beside?: Parameters<typeof store.saveSettings>[2]): Promise<void> {
      const errors = faultsOfNewSettings(id, schemaOf(id), values);
      if (errors.length > 0) throw new InvalidInput({ errors });
      await store.saveSettings(id, values, beside);
      await read();
    },
  };
}
