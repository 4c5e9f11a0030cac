import { t } from '../../t.ts';

/** Where a part that is not well is looked into. */
export function mendingOf(part: string): { to: string; title: string } {
  switch (part) {
    case 'events':
      return { to: '/platform/dead-letters', title: t('See the dead letters') };
    case 'plugins':
      return { to: '/platform/plugins', title: t('See the plugins') };
    case 'bus':
    case 'redis':
    case 'secrets':
      return { to: '/platform/about', title: t('See what it stands on') };
    default:
      return { to: '/platform/settings', title: t('See its settings') };
  }
}
