import { type LiveMessage, openStream, type Stream } from './stream.ts';

// One event stream for all tabs: on HTTP/1.1 a browser opens six connections to a host, and a stream for each tab
// would leave none for the seventh.

const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void };
const streams = new Map<string, { stream: Stream; ports: Set<MessagePort> }>();

scope.onconnect = (event) => {
  const port = event.ports[0]!;
  port.onmessage = ({ data }: MessageEvent<{ say: 'hello' | 'bye'; address: string }>) => {
    if (data.say === 'hello') join(data.address, port);
    else leave(data.address, port);
  };
};

function join(address: string, port: MessagePort): void {
  const open = streams.get(address);
  if (open) {
    open.ports.add(port);
    port.postMessage({ kind: 'state', open: open.stream.isOpen() } satisfies LiveMessage);
    open.stream.wake();
    return;
  }
  const ports = new Set([port]);
  const tell = (message: LiveMessage) => {
    for (const one of ports) one.postMessage(message);
  };
  streams.set(address, { stream: openStream(address, tell), ports });
}

function leave(address: string, port: MessagePort): void {
  const open = streams.get(address);
  open?.ports.delete(port);
  if (open?.ports.size === 0) {
    open.stream.close();
    streams.delete(address);
  }
}
