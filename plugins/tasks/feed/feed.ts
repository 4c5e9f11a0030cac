import { z } from 'zod';

/** Whether one’s calendar can be read at a secret address, and since when that address is good. */
export const FeedState = z.object({ since: z.string().nullable() });
export type FeedState = z.infer<typeof FeedState>;

export const NewFeed = z.object({
  address: z.string().describe('For a calendar program. It is shown this once; who knows it reads your tasks'),
  since: z.string(),
});
export type NewFeed = z.infer<typeof NewFeed>;
