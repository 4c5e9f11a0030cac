import { z } from 'zod';

// An event on its way: CloudEvents 1.0 in the JSON format, with extension attributes in lower case as its naming rule
// asks. `sequence` is the extension of that name: fixed width, so that it also sorts as text.

export const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  /** The aggregate; events of one subject are handled in order. */
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  dataversion: z.int(),
  sequence: z.string(),
  organisation: z.uuid(),
  actor: z.uuid().nullable(),
  onbehalfof: z.uuid().nullable(),
  traceparent: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type Envelope = z.infer<typeof Envelope>;

export const sequenceText = (id: number): string => String(id).padStart(19, '0');
