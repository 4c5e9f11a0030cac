import { Page, useParam } from '@task-connect/console';
import { useState } from 'react';
import css from './bench.module.css';
import { faultAt } from './fault.ts';

export function Bench() {
  faultAt('page');
  const thing = useParam('thing');
  const [strokes, setStrokes] = useState(0);
  return (
    <Page title={thing ? `Bench with ${thing}` : 'Bench'}>
      <button type="button" className={css.plane} onClick={() => setStrokes(strokes + 1)}>
        Strokes: {strokes}
      </button>
    </Page>
  );
}
