import { z } from '@task-connect/sdk';
import type { ChangeableKey } from '../../config/groups.ts';

// The shapes of settings that are changed at run time, for a form. They take what settings.ts takes, as JSON alone;
// null goes back to what file or default say.

export const Changeable = z.strictObject({
  registration: z.enum(['open', 'invite', 'closed']).meta({
    titles: { open: 'Everybody', invite: 'Who was invited', closed: 'Nobody' },
    title: 'Who may make an account',
  }),
  signInNotice: z
    .string()
    .trim()
    .max(500)
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'It is one paragraph, without line ends.' })
    .nullable()
    .meta({ title: 'Notice on the sign-in page' }),
  rateLimit: z.int().min(1).max(1_000_000).meta({ title: 'Requests a minute of one person' }),
  anonymousRateLimit: z.int().min(1).max(1_000_000).meta({ title: 'Requests a minute of one address without login' }),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).meta({
    title: 'What is logged',
    titles: {
      trace: 'All there is',
      debug: 'What helps to find faults',
      info: 'Requests and what happens',
      warn: 'What is odd',
      error: 'What fails',
      silent: 'Nothing',
    },
  }),
  historyDays: z.int().min(1).max(90).meta({ title: 'Days that charts of health are kept' }),
} satisfies Record<ChangeableKey, z.ZodType>);
export type Changeable = z.infer<typeof Changeable>;

/** Those that are given are changed; null takes back what was changed before. */
export const SettingChanges = z.strictObject(
  Object.fromEntries(Object.entries(Changeable.shape).map(([key, shape]) => [key, shape.nullable().optional()])) as {
    [Key in ChangeableKey]: z.ZodOptional<z.ZodNullable<(typeof Changeable.shape)[Key]>>;
  },
);
export type SettingChanges = z.infer<typeof SettingChanges>;
