import { Fragment, useMemo } from 'react';
import { textChanges } from './text-changes.ts';

/** The words of two texts; its own chunk, since few screens compare texts. */
export function TextDiffWords({ before, after }: { before: string; after: string }) {
  const changes = useMemo(() => textChanges(before, after), [before, after]);
  return changes.map(({ kind, text }, index) => {
    const key = `${index} ${kind}`;
    if (kind === 'gone') return <del key={key}>{text}</del>;
    return kind === 'new' ? <ins key={key}>{text}</ins> : <Fragment key={key}>{text}</Fragment>;
  });
}
