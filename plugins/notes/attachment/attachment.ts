import { z } from 'zod';

export const Attachment = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.string().describe('By its content, whatever its name says'),
  size: z.int(),
  thumbnail: z.enum(['none', 'waiting', 'ready', 'failed']),
  createdAt: z.string(),
  createdBy: z.uuid(),
});
export type Attachment = z.infer<typeof Attachment>;

/** Types that a browser shows as a picture and that hold no script. */
export const pictureTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];
