import type { KnownPlugins } from './known-plugins.ts';
import type { Beside } from './plugin-state.ts';
import type { PluginSwitch } from './plugin-switch.ts';

/** An operator's order for a plugin of this process. On is written down once it is on, off before it goes. */
export function makeOrdersHere(needs: {
  known: KnownPlugins;
  turn: PluginSwitch;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  want(id: string, wanted: boolean, beside?: Beside): Promise<number>;
  mayGo(id: string): void;
}) {
  const { known, turn, inTurn } = needs;
  return {
    on: (id: string, beside?: Beside): Promise<void> =>
      inTurn(async () => {
        const each = known.must(id);
        // Also where it is on here: in another process it may have failed, and shall try again.
        await turn.on(each);
        if (!each.activation) return;
        each.generation = await needs.want(id, true, beside);
        each.wanted = true;
      }),
    off: (id: string, beside?: Beside): Promise<void> =>
      inTurn(async () => {
        const each = known.must(id);
        needs.mayGo(id);
        each.generation = await needs.want(id, false, beside);
        each.wanted = false;
        await turn.off(each);
      }),
  };
}
