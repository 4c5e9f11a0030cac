import { useLive } from '@task-connect/console';
import { offline, useStore } from '@task-connect/console/shell';
import { useState } from 'react';

/** What is heard from the server, and whether there is one. */
export function Scene() {
  const [heard, setHeard] = useState<string[]>([]);
  const isOffline = useStore(offline);
  useLive(['ping'], ({ plugin }) => setHeard((before) => [...before, String(plugin)]));
  return (
    <>
      <h1>{isOffline ? 'No connection' : 'Live'}</h1>
      <p>heard: {heard.join(' ')}</p>
    </>
  );
}
