import { type LiveMessage, openStream, type Source, type Stream } from './stream.ts';

// One event stream for all tabs: on HTTP/1.1 a browser opens six connections to a host, and a stream for each tab
// would leave none for the seventh.

const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void };
const streams = new Map<string, { stream: Stream; ports: Set<MessagePort> }>();
const keyOf = ({ address, organisation = '' }: Source) => `${organisation} ${address}`;

scope.onconnect = (event) => {
  const port = event.ports[0]!;
  port.onmessage = ({ data }: MessageEvent<Source & { say: 'hello' | 'bye' }>) => {
    if (data.say === 'hello') join(data, port);
    else leave(data, port);
  };
};

function join(source: Source, port: MessagePort): void {
  const known = streams.get(keyOf(source));
  if (known) {
    known.ports.add(port);
    if (known.stream.isOpen()) port.postMessage({ kind: 'state', open: true } satisfies LiveMessage);
    known.stream.wake();
    return;
  }
  const ports = new Set([port]);
  const tell = (message: LiveMessage) => {
    for (const one of ports) one.postMessage(message);
  };
  streams.set(keyOf(source), { stream: openStream(source, tell), ports });
}

function leave(source: Source, port: MessagePort): void {
  const known = streams.get(keyOf(source));
  known?.ports.delete(port);
  if (known?.ports.size === 0) {
    known.stream.close();
    streams.delete(keyOf(source));
  }
}
