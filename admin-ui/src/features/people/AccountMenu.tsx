import { ActionIcon, confirm, Icon, Menu, toast, useMe } from '@task-connect/console';
import { t } from '../../t.ts';
import type { Account, useChangeAccount } from './queries.ts';

type AccountMenuProps = { account: Account; change: ReturnType<typeof useChangeAccount>['run'] };

/** What can be done with an account. */
export function AccountMenu({ account, change }: AccountMenuProps) {
  const me = useMe();
  const isAdministrator = account.platformRoles.includes('administrator');
  const apply = async (patch: Parameters<AccountMenuProps['change']>[0]['patch']) => {
    const changed = await change({ account, patch });
    // Where accounts are kept by another provider, something may be left to do there.
    if (changed?.toDo) toast({ text: changed.toDo });
  };
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
    if (yes) await apply({ active: false });
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
          onClick={() => void apply({ platformRoles: isAdministrator ? [] : ['administrator'] })}
        >
          {isAdministrator ? t('No longer runs the platform') : t('Runs the platform too')}
        </Menu.Item>
        {account.active ? (
          <Menu.Item disabled={account.id === me.id} c="var(--bad)" onClick={() => void deactivate()}>
            {t('Deactivate…')}
          </Menu.Item>
        ) : (
          <Menu.Item onClick={() => void apply({ active: true })}>{t('Activate again')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
