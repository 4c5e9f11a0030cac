import { z } from 'zod';

/** The ways by which a person is told. */
export const channels = ['in-app', 'email'] as const;
export const Channel = z.enum(channels);
export type Channel = z.infer<typeof Channel>;

/** Which channels are on. */
export const Channels = z.strictObject({ 'in-app': z.boolean(), email: z.boolean() });
export type Channels = z.infer<typeof Channels>;
