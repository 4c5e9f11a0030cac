import type { IconName } from '@task-connect/console';
import { type ComponentType, lazy } from 'react';
import { t } from './t.ts';

/** A page of the console itself; those of plugins come at run time. */
export type ShellPage = {
  path: string;
  title: string;
  icon: IconName;
  component: ComponentType;
  /** Where it is listed: under Platform, for those who run it, or nowhere but in the palette. */
  place: 'platform' | 'personal' | 'none';
  administrator?: boolean;
  key?: string;
};

export const pages: readonly ShellPage[] = [
  {
    path: '/',
    title: t('Today'),
    icon: 'home',
    place: 'personal',
    key: 't',
    component: lazy(async () => ({ default: (await import('./features/today/Today.tsx')).Today })),
  },
  {
    path: '/platform/health',
    title: t('Health'),
    icon: 'activity-heartbeat',
    place: 'platform',
    administrator: true,
    key: 'h',
    component: lazy(async () => ({ default: (await import('./features/health/Health.tsx')).Health })),
  },
  {
    path: '/platform/plugins',
    title: t('Plugins'),
    icon: 'plug',
    place: 'platform',
    administrator: true,
    key: 'p',
    component: lazy(async () => ({ default: (await import('./features/plugin/Plugins.tsx')).Plugins })),
  },
  {
    path: '/platform/plugins/:pluginId',
    title: t('Plugin'),
    icon: 'plug',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/plugin/Plugins.tsx')).Plugins })),
  },
  {
    path: '/platform/events',
    title: t('Events'),
    icon: 'topology-star-3',
    place: 'platform',
    administrator: true,
    key: 'e',
    component: lazy(async () => ({ default: (await import('./features/event/Events.tsx')).Events })),
  },
  {
    path: '/platform/events/:eventId',
    title: t('Event'),
    icon: 'topology-star-3',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/event/EventPage.tsx')).EventPage })),
  },
  {
    path: '/platform/dead-letters',
    title: t('Dead letters'),
    icon: 'mail',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/dead-letter/DeadLetters.tsx')).DeadLetters })),
  },
  {
    path: '/platform/jobs',
    title: t('Jobs'),
    icon: 'clock-hour-4',
    place: 'platform',
    administrator: true,
    key: 'j',
    component: lazy(async () => ({ default: (await import('./features/job/Jobs.tsx')).Jobs })),
  },
  {
    path: '/platform/people',
    title: t('People'),
    icon: 'users',
    place: 'platform',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/people/People.tsx')).People })),
  },
  {
    path: '/platform/people/:personId',
    title: t('Person'),
    icon: 'user',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/people/PersonPage.tsx')).PersonPage })),
  },
  {
    path: '/platform/people/organisations',
    title: t('Organisations'),
    icon: 'building',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/people/Organisations.tsx')).Organisations })),
  },
  {
    path: '/platform/people/organisations/:organisationId',
    title: t('Organisation'),
    icon: 'building',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({
      default: (await import('./features/people/OrganisationPage.tsx')).OrganisationPage,
    })),
  },
  {
    path: '/platform/people/roles',
    title: t('Roles'),
    icon: 'shield',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/role/Roles.tsx')).Roles })),
  },
  {
    path: '/platform/secrets',
    title: t('Secrets'),
    icon: 'key',
    place: 'platform',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/secret/Secrets.tsx')).Secrets })),
  },
  {
    path: '/platform/secrets/:secret',
    title: t('Secret'),
    icon: 'key',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/secret/Secrets.tsx')).Secrets })),
  },
  {
    path: '/platform/audit',
    title: t('Audit'),
    icon: 'history',
    place: 'platform',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/audit/Audit.tsx')).Audit })),
  },
  {
    path: '/platform/settings',
    title: t('Settings'),
    icon: 'settings',
    place: 'platform',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/setting/Settings.tsx')).Settings })),
  },
  {
    path: '/platform/api',
    title: t('API'),
    icon: 'code',
    place: 'platform',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/api/ApiReference.tsx')).ApiReference })),
  },
  {
    path: '/platform/api/:operationId',
    title: t('API'),
    icon: 'code',
    place: 'none',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/api/ApiReference.tsx')).ApiReference })),
  },
  {
    path: '/platform/about',
    title: t('About'),
    icon: 'info-circle',
    place: 'platform',
    administrator: true,
    component: lazy(async () => ({ default: (await import('./features/about/About.tsx')).About })),
  },
  {
    path: '/organisation',
    title: t('Organisation'),
    icon: 'building',
    place: 'none',
    component: lazy(async () => ({ default: (await import('./features/organisation/Organisation.tsx')).Organisation })),
  },
  {
    path: '/me',
    title: t('Your profile'),
    icon: 'user-circle',
    place: 'none',
    component: lazy(async () => ({ default: (await import('./features/me/Profile.tsx')).Profile })),
  },
];
