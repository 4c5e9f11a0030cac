import { Page, setQuery, Tabs, useMe, usePermission, usePlace } from '@task-connect/console';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import { RoleMatrix } from '../role/RoleMatrix.tsx';
import { Invitations } from './Invitations.tsx';
import { Members } from './Members.tsx';
import { NewOrganisation } from './NewOrganisation.tsx';
import { Ownership } from './Ownership.tsx';
import css from './organisation.module.css';
import { Rename } from './Rename.tsx';

/** The organisation that is looked at: its members, whom it invited, what roles may, and the way to another one. */
export function Organisation() {
  const { organisation } = useMe();
  const mayInvite = usePermission('organisation:invite') && !organisation.personal;
  const mayManage = usePermission('organisation:manage') && !organisation.personal;
  const asked = usePlace().query.get('part');
  if (organisation.personal)
    return (
      <Page
        title={organisation.name}
        here={t('Organisation')}
        summary={t('This is your own place: nobody else is in it. Make an organisation to work with others.')}
      >
        <NewOrganisation />
      </Page>
    );
  const parts = [
    'members',
    ...(mayInvite ? ['invitations'] : []),
    'roles',
    ...(mayManage ? ['settings'] : []),
    'another',
  ];
  const part = asked !== null && parts.includes(asked) ? asked : 'members';
  return (
    <Page
      title={organisation.name}
      here={t('Organisation')}
      summary={t('Your role here is {role}.', { role: roleTitle(organisation.role).toLowerCase() })}
    >
      <Tabs value={part} onChange={(next) => setQuery({ part: next === 'members' ? null : next })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="members">{t('Members')}</Tabs.Tab>
          {mayInvite && <Tabs.Tab value="invitations">{t('Invitations')}</Tabs.Tab>}
          <Tabs.Tab value="roles">{t('Roles')}</Tabs.Tab>
          {mayManage && <Tabs.Tab value="settings">{t('Name and ownership')}</Tabs.Tab>}
          <Tabs.Tab value="another">{t('Another organisation')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members" className={css.panel ?? ''}>
          <Members id={organisation.id} />
        </Tabs.Panel>
        <Tabs.Panel value="invitations" className={css.panel ?? ''}>
          <Invitations id={organisation.id} />
        </Tabs.Panel>
        <Tabs.Panel value="roles" className={css.panel ?? ''}>
          <RoleMatrix organisationOnly />
        </Tabs.Panel>
        <Tabs.Panel value="settings" className={css.columns ?? ''}>
          <div>
            <Rename id={organisation.id} />
          </div>
          <div>
            <Ownership id={organisation.id} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="another" className={css.panel ?? ''}>
          <NewOrganisation />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
