import { Button, confirm, Icon, Menu, toast, useMe } from '@task-connect/console';
import { t } from '../../t.ts';
import { type PersonDetail, type useChangeAccount, type usePasswordMail, useUnlock } from './queries.ts';

type AccountMenuProps = {
  person: PersonDetail;
  change: ReturnType<typeof useChangeAccount>['run'];
  mail: ReturnType<typeof usePasswordMail>['run'];
  /** A link that is shown once. */
  onLink(link: string): void;
};

/** What can be done with an account. */
export function AccountMenu({ person, change, mail, onLink }: AccountMenuProps) {
  const me = useMe();
  const unlock = useUnlock(person.id);
  const isAdministrator = person.platformRoles.includes('administrator');
  const apply = async (patch: Parameters<AccountMenuProps['change']>[0]['patch'], text: string) => {
    const changed = await change({ account: person, patch });
    // Where accounts are kept by another provider, something may be left to do there.
    if (changed) toast({ text: changed.toDo ?? text });
  };
  const deactivate = async () => {
    const yes = await confirm({
      title: t('Deactivate {person}?', { person: person.name }),
      consequences: person.deactivating,
      note: t('The account can be activated again at any time.'),
      keep: t('Keep it active'),
      act: t('Deactivate'),
      danger: true,
    });
    if (yes) await apply({ active: false }, t('{person} is deactivated', { person: person.name }));
  };
  const changeRole = async () => {
    const yes = await confirm({
      title: isAdministrator
        ? t('{person} no longer runs the platform?', { person: person.name })
        : t('Should {person} run the platform?', { person: person.name }),
      consequences: isAdministrator
        ? [t('The pages under Platform are gone for {person}, at once.', { person: person.name })]
        : [
            t('{person} switches plugins on and off, sees all accounts and enters secrets.', { person: person.name }),
            t('What organisations keep stays theirs: an administrator sees none of it.'),
          ],
      keep: t('Leave it so'),
      act: isAdministrator ? t('Take it away') : t('Give it'),
      danger: isAdministrator,
    });
    const roles = isAdministrator ? [] : (['administrator'] as const);
    if (yes) await apply({ platformRoles: [...roles] }, t('Saved'));
  };
  const sendMail = async () => {
    const sent = await mail(undefined);
    if (!sent) return;
    if (sent.link) onLink(sent.link);
    toast({ text: sent.toDo ?? t('The mail is on its way') });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<Icon name="chevron-down" size={14} />}>{t('Manage')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={!person.active || !person.address} onClick={() => void sendMail()}>
          {t('Send a mail to choose a password')}
        </Menu.Item>
        {person.waitsUntil && (
          <Menu.Item onClick={() => void unlock.run(undefined)}>{t('Let them try a password again')}</Menu.Item>
        )}
        <Menu.Item disabled={person.id === me.id} onClick={() => void changeRole()}>
          {isAdministrator ? t('No longer runs the platform…') : t('Runs the platform too…')}
        </Menu.Item>
        {person.active ? (
          <Menu.Item disabled={person.id === me.id} c="var(--bad)" onClick={() => void deactivate()}>
            {t('Deactivate…')}
          </Menu.Item>
        ) : (
          <Menu.Item
            onClick={() => void apply({ active: true }, t('{person} is active again', { person: person.name }))}
          >
            {t('Activate again')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
