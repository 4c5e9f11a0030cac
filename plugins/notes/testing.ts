import type { Answer, Client } from '@task-connect/testing';
import type { z } from 'zod';
import type { NewNote } from './note/note.ts';

// Makers for tests: they fill what is not given.

/** The body of a request that takes a note. */
export const aNote = (given: z.input<typeof NewNote> = {}): z.input<typeof NewNote> => ({
  text: 'Hook by the back door.',
  ...given,
});

/** Takes a note as `client` and gives it back. */
export const noted = async (client: Client, given: z.input<typeof NewNote> = {}) =>
  (await client.post('/api/notes', aNote(given))).body;

/** The header for a change of what was read. */
export const seen = (note: { version: number }) => ({ 'If-Match': `"${note.version}"` });

/** Sends bytes as they are. */
export async function sendBytes(
  client: Client & { url?: string },
  url: string,
  bytes: Uint8Array | string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/octet-stream', ...headers },
    body: bytes as never,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}
