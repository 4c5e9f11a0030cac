import { Icon, Menu, navigate, useMe } from '@task-connect/console';
import { lookedAt } from '@task-connect/console/shell';
import { t } from '../t.ts';
import { Mark } from './Mark.tsx';
import css from './navigation.module.css';

/** The organisation that is looked at, and the others. */
export function OrganisationMenu() {
  const { organisation, organisations } = useMe();
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className={css.organisation} title={organisation.name}>
          <Mark />
          <strong>{organisation.name}</strong>
          <Icon name="chevron-down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('Organisations')}</Menu.Label>
        {organisations.map((one) => (
          <Menu.Item
            key={one.id}
            onClick={() => lookAt(one.personal ? undefined : one.id)}
            rightSection={one.id === organisation.id && <Icon name="check" size={15} />}
          >
            {one.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => navigate('/organisation')}>{t('Members and invitations')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

// Everything on the screen belongs to an organisation, so the page begins anew.
function lookAt(organisation: string | undefined): void {
  lookedAt.set(organisation);
  navigate('/');
  location.reload();
}
