import { useAdministrator, useApi, useMe, usePreference } from '@task-connect/console';
import { useStore } from '@task-connect/console/shell';
import type { Answer } from '../../api/answer.ts';
import { pluginScreens } from '../../plugin-screens.ts';
import { t } from '../../t.ts';

export type FirstStep = {
  title: string;
  why: string;
  to: string;
  /** Undefined until it is known. Facts tick a step, and nobody’s click. */
  done: boolean | undefined;
};

/** `away`: the person has put them away; `done`: all were done once. */
export type FirstStepsKept = 'away' | 'done' | null;

/** What is still to do before others can work here; for those who can do it, until it is done or put away. */
export function useFirstSteps() {
  const { zone, preferences, organisation, organisations, platformRoles } = useMe();
  const administrator = useAdministrator();
  const [kept, keep] = usePreference<FirstStepsKept>('firstSteps', null);
  const shared = organisation.personal ? undefined : organisation;
  const isTheirs = kept === null && (platformRoles.length > 0 || shared?.role === 'owner');

  const plugins = useStore(pluginScreens);
  const asked = (path: string, when: boolean) => (isTheirs && when ? path : null);
  const people = useApi<Answer<'GET /api/people'>>(asked('/api/people', administrator), {
    query: { limit: 1, count: true },
  });
  const settings = useApi<Answer<'GET /api/platform/settings'>>(asked('/api/platform/settings', administrator));
  const members = useApi<Answer<'GET /api/organisations/{organisationId}/members'>>(
    asked(`/api/organisations/${organisation.id}/members`, !administrator),
    { query: { limit: 1, count: true } },
  );
  const mail = settings.data?.groups.flatMap((group) => group.settings).find(({ key }) => key === 'smtpUrl');
  const total = administrator ? people.data?.total : members.data?.total;

  const steps: FirstStep[] = [
    {
      title: t('Say where you are'),
      why: t('Your zone decides what “today” is, and when reminders come.'),
      to: '/me',
      done: zone !== 'UTC' || preferences.zoneAsked === true,
    },
    ...(administrator
      ? [
          {
            title: t('Switch on what you need'),
            why: t('Tasks, notifications and all the rest are plugins.'),
            to: '/platform/plugins',
            done: plugins.length > 0,
          },
          {
            title: t('Make an organisation'),
            why: t('What belongs to it is seen by its members; the personal one is yours alone.'),
            to: '/organisation',
            done: organisations.some(({ personal }) => !personal),
          },
          {
            title: t('Have mail delivered'),
            why: t('Invitations and reminders go by it. Until then mail is kept as files.'),
            to: '/platform/settings',
            done: settings.data && mail?.value != null,
          },
        ]
      : []),
    {
      title: t('Bring somebody in'),
      why: t('By an invitation with a link, or an account that you make for them.'),
      to: administrator && !shared ? '/platform/people' : '/organisation',
      done: total === undefined ? undefined : total > 1,
    },
  ];
  return { steps: isTheirs ? steps : [], putAway: () => keep('away'), finish: () => keep('done') };
}
