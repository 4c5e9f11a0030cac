import type { Socket } from 'node:net';

// What is no HTTP never becomes a request: node’s parser refuses it, and the answer is written to the socket by hand.

type Refusal = { status: string; type: string; title: string; detail: string };

const refusals: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    type: 'headers-too-large',
    title: 'The headers are too large',
    detail: 'Address and headers together may have 16 KiB. Send fewer or shorter ones, such as fewer cookies.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: '413 Content Too Large',
    type: 'body-too-large',
    title: 'The body is too large',
    detail: 'Chunk extensions may have 16 KiB. Leave them out.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    type: 'request-timeout',
    title: 'The request took too long',
    detail: 'The headers must be here within 20 seconds and all of it within 60. Send it again at once as a whole.',
  },
};

const notHttp: Refusal = {
  status: '400 Bad Request',
  type: 'not-http',
  title: 'This is not HTTP',
  detail: 'Send a request as HTTP/1.1 has it (RFC 9112).',
};

/** Answers what the parser refused, unless an answer is under way on this connection already. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket & { _httpMessage?: unknown }): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage) {
    socket.destroy();
    return;
  }
  const { status, ...problem } = refusals[error.code ?? ''] ?? notHttp;
  const document = JSON.stringify({ ...problem, status: Number.parseInt(status, 10) });
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(document)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${document}`);
}
