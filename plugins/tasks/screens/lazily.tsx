import { SkeletonRows } from '@task-connect/console';
import { type ComponentType, lazy, Suspense } from 'react';

/** A page whose code comes when somebody goes there. */
export function lazily(load: () => Promise<ComponentType>): ComponentType {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function Lazily() {
    return (
      <Suspense fallback={<SkeletonRows rows={8} />}>
        <Loaded />
      </Suspense>
    );
  };
}
