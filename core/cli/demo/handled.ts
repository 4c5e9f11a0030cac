import { setTimeout as pause } from 'node:timers/promises';
import { queueStates } from '../../console/plugin-admin/queue-states.ts';
import type { Platform } from '../../platform.ts';

/** Resolves when no event waits any more, whichever process handles it. */
export async function untilHandled(platform: Platform): Promise<void> {
  const { kernel, pools, clock, bus } = platform;
  for (;;) {
    await kernel.settle();
    const on = kernel.plugins().filter(({ here, state }) => here && state === 'on');
    const states = await Promise.all(on.map((view) => queueStates({ bus, pools, clock }, view, true)));
    if (states.flat().every(({ waiting }) => waiting === 0)) return;
    await pause(200);
  }
}
