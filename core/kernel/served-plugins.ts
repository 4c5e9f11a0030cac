import type { Contract } from '@task-connect/sdk';
import type { Known, KnownPlugins } from './known-plugins.ts';
import { orderPlugins } from './order.ts';
import type { Registry } from './registry.ts';

// What is on, here and elsewhere, and the picture of it that others see. It promises that the picture is swapped in one
// assignment, and that those who want to know are told of each.

export type ServedPlugins = ReturnType<typeof makeServedPlugins>;

export function makeServedPlugins(known: KnownPlugins, isHere: (id: string) => boolean) {
  const listeners = new Set<() => void>();
  let registry: Registry = { generation: 0, active: [] };

  const active = () => known.all().filter((each) => each.activation !== undefined);
  /** Wanted, and served by others: whether it runs there now is asked when it is called. */
  const elsewhere = () => known.all().filter((each) => !isHere(each.id) && each.wanted && each.plugin !== undefined);
  const contracts = (): Contract[] => [...active(), ...elsewhere()].map((each) => each.plugin!.contract);

  return {
    registry: () => registry,
    active,
    elsewhere,
    contracts,
    notificationKinds: () =>
      contracts().flatMap((contract) =>
        Object.entries(contract.notifies ?? {}).map(([kind, declared]) => ({ ...declared, plugin: contract.id, kind })),
      ),
    swap(): void {
      registry = {
        generation: registry.generation + 1,
        active: active().map((each) => each.activation!.active),
        elsewhere: elsewhere().map(({ id, plugin }) => ({ id, plugin: plugin!, routes: plugin!.parts.routes ?? [] })),
      };
      for (const heard of listeners) heard();
    },
    onChange(heard: () => void): Disposable {
      listeners.add(heard);
      return { [Symbol.dispose]: () => void listeners.delete(heard) };
    },
    /** Providers before those who use them; one whose provider is not on comes last, so that it is told why it cannot be. */
    inOrder(changing: readonly Known[]): Known[] {
      const on = [...active(), ...changing];
      const { order } = orderPlugins([...new Set(on.flatMap((each) => each.plugin?.contract ?? []))]);
      const place = (each: Known) => (order.indexOf(each.id) + order.length + 1) % (order.length + 1);
      return changing.toSorted((a, b) => place(a) - place(b));
    },
  };
}
