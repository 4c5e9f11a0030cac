import { t } from '../../t.ts';

/** What fields of before and after are called. */
export const fieldNames: Readonly<Record<string, string>> = {
  active: t('Active'),
  address: t('Address'),
  expiresAt: t('Until'),
  fields: t('Fields'),
  locale: t('Dates and numbers'),
  name: t('Name'),
  organisation: t('Organisation'),
  platformRoles: t('Roles on the platform'),
  reason: t('Reason'),
  role: t('Role'),
  scopes: t('May'),
  sessions: t('Browsers'),
  state: t('State'),
  suspended: t('Suspended there'),
  userAgent: t('Browser'),
  version: t('Version'),
  waitsUntil: t('Waited until'),
  weekStart: t('First day of the week'),
  zone: t('Time zone'),
};
