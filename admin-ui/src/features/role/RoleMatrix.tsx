import { EmptyState, FilterBar, FilterText, Icon, Problem, SkeletonRows, useTelephone } from '@task-connect/console';
import { Fragment, useState } from 'react';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import { hasPermission, matching } from './has-permission.ts';
import { type RoleMatrix as Matrix, type Permission, useRoleMatrix } from './queries.ts';
import css from './role-matrix.module.css';

type RoleMatrixProps = { /** Without the roles of the platform. */ organisationOnly?: boolean };

/** Who may do what: each role beside each permission of each plugin. On a telephone as sentences. */
export function RoleMatrix({ organisationOnly = false }: RoleMatrixProps) {
  const { data, problem, refresh } = useRoleMatrix();
  const [words, setWords] = useState('');
  const isTelephone = useTelephone();
  if (problem) return <Problem problem={problem} retry={refresh} />;
  if (!data) return <SkeletonRows rows={8} height="var(--table-row)" />;
  const ofPlatform = new Set<string>(data.platformRoles);
  const shown = matching(data.permissions, words).filter(({ from }) => !organisationOnly || !ofPlatform.has(from));
  const roles = [...data.organisationRoles, ...(organisationOnly ? [] : data.platformRoles)];
  const groups = [...Map.groupBy(shown, ({ plugin }) => plugin).values()];
  return (
    <>
      <FilterBar note={t({ one: 'One permission', other: '{count} permissions' }, { count: shown.length })}>
        <FilterText value={words} onChange={setWords} hint={t('Permission')} />
      </FilterBar>
      {shown.length === 0 && (
        <EmptyState icon="shield" title={t('No permission is called so')}>
          {t('Look for a word of what somebody does, such as “add”.')}
        </EmptyState>
      )}
      {shown.length > 0 &&
        (isTelephone ? <Sentences groups={groups} /> : <Table matrix={data} roles={roles} groups={groups} />)}
      <p className={css.why}>
        {t(
          'What a role may do is said by each plugin, so that its pages, its API and its tests agree. To let somebody do more or less, give them another role.',
        )}
      </p>
    </>
  );
}

type Groups = readonly (readonly Permission[])[];

function Table({ matrix, roles, groups }: { matrix: Matrix; roles: readonly string[]; groups: Groups }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('Roles and permissions')}>
      <table className={css.matrix} aria-label={t('Roles and permissions')}>
        <thead>
          <tr>
            <th scope="col">{t('Permission')}</th>
            {roles.map((role) => (
              <th key={role} scope="col">
                {roleTitle(role)}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((permissions) => (
          <tbody key={permissions[0]!.plugin}>
            <tr>
              <th scope="rowgroup" className={css.plugin} colSpan={roles.length + 1}>
                {permissions[0]!.pluginTitle}
                {!permissions[0]!.on && <small>{t('switched off: nobody has it')}</small>}
              </th>
            </tr>
            {permissions.map((permission) => (
              <tr key={permission.name}>
                <th scope="row">
                  {permission.title}
                  <code>{permission.name}</code>
                </th>
                {roles.map((role) => (
                  <td key={role}>
                    {hasPermission(matrix, role, permission) ? (
                      <span role="img" aria-label={t('yes')}>
                        <Icon name="check" size={15} />
                      </span>
                    ) : (
                      <span className={css.no} role="img" aria-label={t('no')} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Sentences({ groups }: { groups: Groups }) {
  return (
    <dl className={css.sentences}>
      {groups.map((permissions) => (
        <Fragment key={permissions[0]!.plugin}>
          <dt className={css.group}>{permissions[0]!.pluginTitle}</dt>
          {permissions.map(({ name, title, from }) => (
            <dd key={name}>
              {title}
              <small>
                {from === 'owner' || from === 'administrator'
                  ? roleTitle(from)
                  : t('{role} and above', { role: roleTitle(from) })}
              </small>
            </dd>
          ))}
        </Fragment>
      ))}
    </dl>
  );
}
