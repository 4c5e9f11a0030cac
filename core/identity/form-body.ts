import type { IncomingMessage } from 'node:http';
import { declareProblem } from '@task-connect/sdk';

// Forms as browsers send them, read once and no further than a form goes.

export const FormRefused = declareProblem({
  type: 'identity/form-refused',
  status: 400,
  title: 'The form cannot be read',
  detail: (f: { reason: string }) => `${f.reason} Open the page again and send its form.`,
});

const longest = 16 * 1024;

export async function readForm(req: IncomingMessage): Promise<(field: string) => string> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(req.headers['content-type'] ?? ''))
    throw new FormRefused({ reason: 'It is not application/x-www-form-urlencoded.' });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > longest) throw new FormRefused({ reason: 'It is longer than 16 kB.' });
    chunks.push(chunk as Buffer);
  }
  const fields = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  // A NUL cannot be stored; as another letter it is just wrong.
  return (field) => (fields.get(field) ?? '').replaceAll('\0', '\ufffd');
}
