import { Icon, Menu, navigate, PersonMark, useMe } from '@task-connect/console';
import { useLook } from '../look.ts';
import { signOut } from '../sign-in.ts';
import { t } from '../t.ts';
import css from './navigation.module.css';
import { roleTitle } from './role-title.ts';

/** Who is signed in, the scheme, and the way out. */
export function PersonMenu() {
  const me = useMe();
  const look = useLook();
  const schemes = [
    { value: 'light', title: t('Light'), icon: 'sun' },
    { value: 'dark', title: t('Dark'), icon: 'moon' },
    { value: 'auto', title: t('As the system'), icon: 'device-desktop' },
  ] as const;
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={css.foot}>
          <PersonMark name={me.name} size={24} />
          <span>
            {me.name}
            <small>{roleTitle(me.organisation.role)}</small>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="user-circle" size={15} />} onClick={() => navigate('/me')}>
          {t('Your profile')}
        </Menu.Item>
        <Menu.Divider />
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            leftSection={<Icon name={scheme.icon} size={15} />}
            rightSection={look.scheme === scheme.value && <Icon name="check" size={15} />}
            onClick={() => look.setScheme(scheme.value)}
          >
            {scheme.title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="logout" size={15} />} onClick={() => void signOut()}>
          {t('Sign out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
