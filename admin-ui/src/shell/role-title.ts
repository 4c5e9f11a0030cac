import { t } from '../t.ts';

const titles: Record<string, string> = {
  owner: t('Owner'),
  manager: t('Manager'),
  member: t('Member'),
  guest: t('Guest'),
  administrator: t('Runs the platform'),
};

/** A role in an organisation, in words. */
export const roleTitle = (role: string): string => titles[role] ?? role;
