import { declareProblem } from '@task-connect/sdk';
import type { KnownPlugins } from './known-plugins.ts';
import { dependentsOf } from './order.ts';
import type { ServedPlugins } from './served-plugins.ts';

export const PluginNeeded = declareProblem<{ id: string; by: string }>({
  type: 'plugins/needed',
  status: 409,
  title: 'Another plugin needs it',
  detail: ({ id, by }) => `${by} needs ${id}. Disable ${by} first.`,
});

export const PluginBuiltIn = declareProblem<{ id: string }>({
  type: 'plugins/built-in',
  status: 409,
  title: 'A part of the platform',
  detail: ({ id }) => `${id} is a part of the platform and always on.`,
});

/** Throws where a plugin may not be switched off. */
export const makeMayGo =
  ({ known, served }: { known: KnownPlugins; served: ServedPlugins }) =>
  (id: string): void => {
    if (known.must(id).builtIn) throw new PluginBuiltIn({ id });
    const [dependent] = dependentsOf(id, served.contracts());
    if (dependent) throw new PluginNeeded({ id, by: dependent });
  };
