import { z } from 'zod';

/** Who has added how many. */
export const Tally = z.object({ items: z.array(z.object({ person: z.uuid(), count: z.int() })) });
export type Tally = z.infer<typeof Tally>;
