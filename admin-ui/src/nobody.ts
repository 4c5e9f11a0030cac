import type { Me } from '@task-connect/console';

/** Who looks at a page for everybody: no rights, no organisation, and the browser’s own language and zone. */
export const nobody = (): Me => ({
  id: '',
  name: '',
  address: null,
  accountUrl: null,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: navigator.language,
  weekStart: 1,
  preferences: {},
  platformRoles: [],
  permissions: [],
  organisation: { id: '', name: '', role: 'guest', personal: true },
  organisations: [],
});
