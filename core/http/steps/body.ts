import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { declareProblem } from '@task-connect/sdk';
import type { Exchange } from '../exchange.ts';
import { faultOfJson, nestsDeeper } from '../json-faults.ts';

/** So much more of a body that is too large is read and dropped, so that the client hears the answer. */
const droppedBytes = 8 * 1024 * 1024;
const deepest = 50;

const BodyTooLarge = declareProblem({
  type: 'body-too-large',
  status: 413,
  title: 'The body is too large',
  detail: (f: { most: number }) =>
    `Send at most ${f.most / 1024 / 1024} MiB here.${f.most > 1024 * 1024 ? '' : ' A long list can be sent in parts.'}`,
  headers: () => ({ Connection: 'close' }),
});

const BodyNotTaken = declareProblem({
  type: 'body-not-taken',
  status: 415,
  title: 'This kind of body is not taken',
  detail: (f: { got: string }) =>
    `Send JSON in UTF-8, Content-Type: application/json, not compressed. This was ${f.got}.`,
  headers: () => ({ 'Accept-Encoding': 'identity', Accept: 'application/json' }),
});

const BadJson = declareProblem({
  type: 'bad-json',
  status: 400,
  title: 'The body cannot be read',
  detail: (f: { fault: string }) => `${f.fault} Nothing was changed.`,
});

/** The client went away in the middle: there is nobody to answer. */
export class ClientGone extends Error {}

/** Reads the body as JSON. Without one, `body` stays undefined and the schema says whether that will do. */
export function readBody(exchange: Exchange): void | Promise<void> {
  const { headers, req } = exchange;
  if (!exchange.route!.takesBody) return;
  const length = headers['content-length'];
  if (length === '0' || (length === undefined && headers['transfer-encoding'] === undefined)) return;
  const { takesBytes, plainText, mostBytes } = exchange.route!;
  const type = headers['content-type'];
  const isText = plainText !== undefined && type !== undefined && plain.test(type);
  refuseOthers(takesBytes || isText ? 'application/json' : type, headers['content-encoding']);
  return allOf(req, Number(length ?? 0), mostBytes).then((bytes) => {
    exchange.bodyBytes = bytes;
    if (takesBytes) exchange.body = bytes;
    else if (isText) exchange.body = plainText(textOf(bytes));
    else if (bytes.length > 0) exchange.body = parsed(bytes);
  });
}

const plain = /^text\/plain\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;
const json = /^application\/(merge-patch\+)?json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

function refuseOthers(type: string | undefined, encoding: string | undefined): void {
  if (encoding !== undefined && encoding !== 'identity') throw new BodyNotTaken({ got: `encoded as ${encoding}` });
  if (type === 'application/json') return;
  if (type === undefined || !json.test(type)) throw new BodyNotTaken({ got: type ?? 'without a Content-Type' });
}

function allOf(req: IncomingMessage, announced: number, mostBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const tooLarge = () => reject(new BodyTooLarge({ most: mostBytes }));
    // Nobody sends a gigabyte to read a refusal: then the connection just ends.
    if (announced > mostBytes + droppedBytes) return tooLarge();
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
      else if (size > mostBytes + droppedBytes) tooLarge();
      else chunks.length = 0;
    });
    req.on('end', () => {
      if (size > mostBytes) tooLarge();
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    req.on('error', () => reject(new ClientGone()));
  });
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new BadJson({ fault: 'It holds bytes that are no UTF-8.' });
  return bytes.toString('utf8', startsWithMark(bytes) ? 3 : 0);
}

function parsed(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new BadJson({ fault: 'It holds bytes that are no UTF-8.' });
  if (nestsDeeper(bytes, deepest)) throw new BadJson({ fault: `It nests deeper than ${deepest} levels.` });
  const text = bytes.toString('utf8', startsWithMark(bytes) ? 3 : 0);
  try {
    return JSON.parse(text);
  } catch {
    throw new BadJson({ fault: faultOfJson(text) });
  }
}

// A byte order mark is no JSON, but editors put it there and RFC 8259 §8.1 lets a reader pass over it.
const startsWithMark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
