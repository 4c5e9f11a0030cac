import { Button, FilterText, Person, Problem, SidePanel, toast } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './people.module.css';
import { type Account, type OrganisationDetail, useAccounts, usePutMember } from './queries.ts';

/** Puts somebody who has an account into an organisation. */
export function AddMemberPanel({ organisation, onClose }: { organisation: OrganisationDetail; onClose(): void }) {
  const [text, setText] = useState('');
  const accounts = useAccounts({ text, active: true });
  const put = usePutMember(organisation.id);
  const add = async ({ id, name }: Account) => {
    if (!(await put.run({ person: id, role: 'member' }))) return;
    toast({ text: t('{person} is a member of {organisation}', { person: name, organisation: organisation.name }) });
    onClose();
  };
  return (
    <SidePanel title={t('Put somebody into {organisation}', { organisation: organisation.name })} onClose={onClose}>
      <FilterText value={text} onChange={setText} hint={t('Name or address')} />
      <Problem problem={put.problem ?? accounts.problem} />
      <ul className={css.found}>
        {accounts.data?.slice(0, 12).map((account) => (
          <li key={account.id}>
            <div>
              <Person name={account.name} />
              <small>{account.address}</small>
            </div>
            <Button size="compact-sm" onClick={() => void add(account)}>
              {t('Add as member')}
            </Button>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}
