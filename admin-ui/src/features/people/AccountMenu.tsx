import { ActionIcon, confirm, Icon, Menu, useMe } from '@task-connect/console';
import { t } from '../../t.ts';
import type { Account, useChangeAccount } from './queries.ts';

type AccountMenuProps = { account: Account; change: ReturnType<typeof useChangeAccount>['run'] };

/** What can be done with an account. */
export function AccountMenu({ account, change }: AccountMenuProps) {
  const me = useMe();
  const isAdministrator = account.platformRoles.includes('administrator');
  const deactivate = async () => {
    const yes = await confirm({
      title: t('Deactivate {person}?', { person: account.name }),
      consequences: [
        t('{person} is signed out everywhere, and tokens stop working, at once.', { person: account.name }),
        t('What {person} made stays.', { person: account.name }),
      ],
      note: t('The account can be activated again at any time.'),
      keep: t('Keep it active'),
      act: t('Deactivate'),
      danger: true,
    });
    if (yes) await change({ account, patch: { active: false } });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('What can be done with {person}', { person: account.name })}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          disabled={account.id === me.id}
          onClick={() => void change({ account, patch: { platformRoles: isAdministrator ? [] : ['administrator'] } })}
        >
          {isAdministrator ? t('No longer runs the platform') : t('Runs the platform too')}
        </Menu.Item>
        {account.active ? (
          <Menu.Item disabled={account.id === me.id} c="var(--bad)" onClick={() => void deactivate()}>
            {t('Deactivate…')}
          </Menu.Item>
        ) : (
          <Menu.Item onClick={() => void change({ account, patch: { active: true } })}>{t('Activate again')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
