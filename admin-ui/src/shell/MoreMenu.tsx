import { Button, Dialog, Icon, Link, useMe } from '@task-connect/console';
import { signOut } from '../sign-in.ts';
import { t } from '../t.ts';
import { useMenu } from './menu.ts';
import css from './more-menu.module.css';

/** Everything that has no place in the bar of a telephone. */
export function MoreMenu({ onClose, onSearch }: { onClose(): void; onSearch(): void }) {
  const menu = useMenu();
  const me = useMe();
  const own = [
    { path: '/me', title: t('Your profile'), icon: 'user-circle' },
    { path: '/organisation', title: t('Organisation: {name}', { name: me.organisation.name }), icon: 'building' },
  ] as const;
  const search = () => {
    onClose();
    onSearch();
  };
  return (
    <Dialog title={t('More')} onClose={onClose}>
      <Button fullWidth leftSection={<Icon name="search" size={16} />} onClick={search}>
        {t('Search or do')}
      </Button>
      <nav className={css.list} aria-label={t('More')}>
        {[...menu.plugins, ...menu.platform, ...own].map((entry) => (
          <Link key={entry.path} to={entry.path} onClick={onClose}>
            <Icon name={entry.icon} size={20} {...('hue' in entry && entry.hue ? { hue: entry.hue } : {})} />
            {entry.title}
          </Link>
        ))}
      </nav>
      <Button fullWidth leftSection={<Icon name="logout" size={16} />} onClick={() => void signOut()}>
        {t('Sign out')}
      </Button>
    </Dialog>
  );
}
