import { api, Button, editOf, Problem, useApi, useChange, useLive } from '@task-connect/console';
import { useState } from 'react';

type Thing = { id: string; title: string; version: number };

/** A thing that is changed before the server answers. */
export function Scene() {
  const { data } = useApi<Thing>('/api/thing', { live: ['thing-changed'] });
  const rename = useChange({
    send: (title: string) => api.patch<Thing>('/api/thing', { title }),
    edits: (title) => [editOf<Thing>('/api/thing', (thing) => ({ ...thing, title }))],
    refreshes: ['/api/thing'],
  });
  const [heard, setHeard] = useState(0);
  useLive(['thing-changed'], () => setHeard((before) => before + 1));
  return (
    <>
      <h1>{data?.title ?? '…'}</h1>
      <p>{`heard ${heard}`}</p>
      <Button onClick={() => void rename.run('Wax the table')}>Rename</Button>
      <Problem problem={rename.problem} />
    </>
  );
}
