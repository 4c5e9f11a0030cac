import '../../operator-font.ts';
import { Page } from '@task-connect/console';
import { t } from '../../t.ts';
import { PeopleTabs } from '../people/PeopleTabs.tsx';
import { RoleMatrix } from './RoleMatrix.tsx';

/** Roles in organisations and on the platform, and what each may do. */
export function Roles() {
  return (
    <Page
      title={t('Roles')}
      path={[{ title: t('Platform') }, { title: t('People'), to: '/platform/people' }]}
      summary={t('An owner may what a manager may, and so on down to guests. Who runs the platform is beside them.')}
      fill
    >
      <PeopleTabs />
      <RoleMatrix />
    </Page>
  );
}
