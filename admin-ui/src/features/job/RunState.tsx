import { Status, type StatusKind } from '@task-connect/console';
import type { ReactNode } from 'react';
import { t } from '../../t.ts';

const shown: Record<string, { kind: StatusKind; word: string }> = {
  done: { kind: 'ok', word: t('done') },
  running: { kind: 'busy', word: t('running') },
  failed: { kind: 'bad', word: t('failed') },
  lost: { kind: 'warn', word: t('lost') },
};

/** How a run went, by shape and word. */
export function RunState({ state, children }: { state: string; children?: ReactNode }) {
  const { kind, word } = shown[state] ?? { kind: 'off' as const, word: state };
  return <Status kind={kind}>{children ?? word}</Status>;
}
