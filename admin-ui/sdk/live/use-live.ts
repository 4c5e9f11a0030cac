import { useEffect, useEffectEvent } from 'react';
import { onHint } from './live.ts';
import type { Hint } from './stream.ts';

/**
 * Calls `happened` when the server tells of one of these types of change.
 * @example useLive(['task-changed'], () => refresh('/api/tasks'));
 */
export function useLive(types: readonly string[], happened: (hint: Hint) => void): void {
  const heard = useEffectEvent((hint: Hint) => {
    if (types.includes(hint.type)) happened(hint);
  });
  const any = types.length > 0;
  useEffect(() => (any ? onHint((hint) => heard(hint)) : undefined), [any]);
}
