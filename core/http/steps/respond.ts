import type { Exchange } from '../exchange.ts';
import { compressed, encodingFor } from './compress.ts';

/** Writes what the handler gave back: its declared fields as JSON, its version as ETag, or 204. */
export function respond(exchange: Exchange): void | Promise<void> {
  const { value, answer, headers } = exchange;
  const route = exchange.route!;
  exchange.status = route.success;
  if (route.serialize === undefined || route.success === 204) {
    answer.push('Cache-Control', 'no-store');
    return;
  }
  const tag = route.versioned ? `"${(value as { version: number }).version}"` : undefined;
  if (tag !== undefined && headers['if-none-match'] !== undefined && route.readOnly) {
    if (matches(headers['if-none-match'], tag)) {
      answer.push('ETag', tag, 'Cache-Control', kept);
      exchange.status = 304;
      return;
    }
  }
  const text = route.serialize(value);
  exchange.payload = text;
  answer.push('Content-Type', 'application/json', 'Cache-Control', tag === undefined ? 'no-store' : kept);
  if (tag !== undefined) answer.push('ETag', tag);
  const encoding = encodingFor(text.length, headers['accept-encoding']);
  if (encoding !== undefined) return compressed(exchange, encoding, text);
}

/** By the browser, which asks about it each time. */
const kept = 'private, no-cache';

/** Whether a list of ETags names this one; weak ones count here (RFC 9110 §13.1.2). */
export const matches = (list: string, tag: string): boolean =>
  list === tag || list.trim() === '*' || list.split(',').some((part) => part.trim().replace(/^W\//, '') === tag);
