import { z } from '@task-connect/sdk';
import type { DeadLetter } from '../../events/dead-letters.ts';
import { hideInText, hideSecrets } from '../../observability/hide.ts';

export const Letter = z.object({
  id: z.string(),
  eventId: z.string(),
  plugin: z.string(),
  queue: z.string(),
  handler: z.string(),
  type: z.string(),
  subject: z.string(),
  organisation: z.string(),
  publishedAt: z.string(),
  data: z.record(z.string(), z.unknown()).describe('Values of fields that are named like secrets are hidden'),
  error: z.string(),
  attempts: z.int(),
  parked: z.boolean(),
  history: z.array(z.object({ at: z.string(), error: z.string() })),
  diedAt: z.string(),
});
export type Letter = z.infer<typeof Letter>;

export const toLetter = (plugin: string, letter: DeadLetter): Letter => ({
  id: `${plugin}-${letter.id}`,
  eventId: letter.eventId,
  plugin,
  queue: letter.queue,
  handler: letter.handler,
  type: letter.envelope.type,
  subject: letter.envelope.subject,
  organisation: letter.envelope.organisation,
  publishedAt: letter.envelope.time,
  data: hideSecrets(letter.envelope.data),
  error: hideInText(letter.error),
  attempts: letter.attempts,
  parked: letter.parked,
  history: letter.history.map(({ at, error }) => ({ at, error: hideInText(error) })),
  diedAt: letter.diedAt,
});

// A letter's id is that of its row, with the plugin whose database it lies in: `tasks-17`.
export const letterId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*-\d{1,15}$/, { error: 'This is not the id of a dead letter; take it from the list.' });

export const parseLetterId = (id: string) => {
  const cut = id.lastIndexOf('-');
  return { plugin: id.slice(0, cut), row: Number(id.slice(cut + 1)) };
};
