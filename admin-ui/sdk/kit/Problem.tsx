import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { ApiProblem } from '../api/problem.ts';
import { translator } from '../words/t.ts';
import { Notice } from './Notice.tsx';

const t = translator('console');

type ProblemProps = {
  problem: ApiProblem | undefined;
  /** Tries again, where that can help. */
  retry?: () => void;
  /** Buttons that mend it, instead. */
  actions?: ReactNode;
};

/** A refusal of the API (RFC 9457): what happened, what to do, and its names for the log. Nothing without a problem. */
export function Problem({ problem, retry, actions }: ProblemProps) {
  if (!problem) return null;
  return (
    <Notice
      kind={problem.status === 412 || problem.status === 0 ? 'warn' : 'bad'}
      title={problem.detail}
      actions={actions ?? (retry && <TryAgain key={problem.instance} after={problem.retryAfter} retry={retry} />)}
      foot={
        problem.status > 0 && (
          <>
            <code>{problem.type}</code>
            {problem.instance && <code>{t('request {id}', { id: problem.instance })}</code>}
          </>
        )
      }
    >
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((error) => (
            <li key={error.pointer + error.detail}>
              {error.pointer && <code>{error.pointer}</code>} {error.detail}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** The server may ask for patience; then the button says for how long, and is there again when it is over. */
function TryAgain({ after = 0, retry }: { after?: number | undefined; retry(): void }) {
  const [left, setLeft] = useState(after);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <Button disabled={left > 0} onClick={retry}>
      {left > 0 ? t('Try again in {n} s', { n: left }) : t('Try again')}
    </Button>
  );
}
