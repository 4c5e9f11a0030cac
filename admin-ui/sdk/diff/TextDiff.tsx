import { lazy, Suspense } from 'react';
import css from './diff.module.css';

type TextDiffProps = { before: string; after: string };

const Words = lazy(async () => ({ default: (await import('./TextDiffWords.tsx')).TextDiffWords }));

/** Two versions of a text in one: words that went are struck, words that came are marked. */
export function TextDiff(texts: TextDiffProps) {
  return (
    <div className={css.text} dir="auto">
      <Suspense fallback={texts.after}>
        <Words {...texts} />
      </Suspense>
    </div>
  );
}
