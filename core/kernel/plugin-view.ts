import type { Plugin } from '@task-connect/sdk';
import { reportedState } from './elsewhere.ts';
import type { Known } from './known-plugins.ts';
import type { Processes } from './processes.ts';
import type { PluginPhase } from './registry.ts';

/** A plugin as others see it. */
export type PluginView = {
  id: string;
  version: string;
  description: string;
  builtIn: boolean;
  packageName: string;
  folder: string | null;
  plugin: Plugin | undefined;
  wanted: boolean;
  state: PluginPhase;
  reason: string | null;
  since: string | null;
  /** Whether this process serves it. */
  here: boolean;
};

/** Of one that is served elsewhere, its processes tell the state. */
export const makePluginView =
  (processes: Processes, isHere: (id: string) => boolean) =>
  (each: Known): PluginView => ({
    id: each.id,
    version: each.found?.version ?? each.builtIn!.version,
    description: each.found?.description ?? each.builtIn!.description,
    builtIn: each.builtIn !== undefined,
    packageName: each.found?.packageName ?? 'task-connect',
    folder: each.found?.folder ?? null,
    plugin: each.plugin,
    wanted: each.wanted,
    ...(isHere(each.id) || (each.state === 'failed' && !each.wanted)
      ? { state: each.state, reason: each.reason }
      : reportedState(processes.live(), each.id, each.wanted)),
    since: each.since,
    here: isHere(each.id),
  });
