import { line, z, zone } from '@task-connect/sdk';
import { OwnOrganisation } from '../organisation/organisation.ts';

export const Me = z.object({
  id: z.uuid(),
  name: z.string(),
  address: z.string().nullable(),
  accountUrl: z.string().nullable().describe('Where one changes password and address, when it is not here'),
  zone: z.string(),
  locale: z.string(),
  weekStart: z.int().describe('1 is Monday, 7 Sunday'),
  preferences: z.record(z.string(), z.unknown()),
  platformRoles: z.array(z.string()),
  permissions: z.array(z.string()).describe('What one may do in the organisation that one acts in'),
  organisation: OwnOrganisation,
  organisations: z.array(OwnOrganisation),
});
export type Me = z.infer<typeof Me>;

const locale = () =>
  z
    .string()
    .max(64)
    .refine((value) => isLocale(value), { error: 'There is no such language; give a tag such as de or en-GB.' });

const largestPreferences = 16_384;
export const arePreferencesSmall = (preferences: unknown) => JSON.stringify(preferences).length <= largestPreferences;

/** What is not given stays; of the preferences each key by itself, and null removes one. */
export const MePatch = z.strictObject({
  name: line(120).optional(),
  zone: zone().optional(),
  locale: locale().optional(),
  weekStart: z.int().min(1).max(7).optional(),
  preferences: z
    .record(z.string().min(1).max(100), z.json())
    .refine(arePreferencesSmall, { error: 'Keep them below 16 kB.' })
    .refine((value) => isStorable(JSON.stringify(value)), { error: 'This holds a NUL or half a character.' })
    .optional(),
});
export type MePatch = z.infer<typeof MePatch>;

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** JSON writes both as escapes, which jsonb refuses. */
const isStorable = (json: string) => !/(?<!\\)(\\\\)*\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})/.test(json);
