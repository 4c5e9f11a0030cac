import { Form, type JsonSchema, Notice, SidePanel } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './people.module.css';
import { useAddAccount } from './queries.ts';

const schema: JsonSchema = {
  type: 'object',
  required: ['name', 'address'],
  properties: {
    name: { title: t('Name'), type: 'string', minLength: 1, maxLength: 120 },
    address: { title: t('Mail address'), type: 'string', format: 'email', maxLength: 254 },
    administrator: {
      title: t('Runs the platform'),
      description: t('Switches plugins on and off, sees all accounts and enters secrets.'),
      type: 'boolean',
    },
  },
};

/** Makes an account; its person chooses a password by a link. */
export function NewAccountPanel({ onClose }: { onClose(): void }) {
  const add = useAddAccount();
  const [made, setMade] = useState<{ link: string | null; toDo: string | null }>();
  return (
    <SidePanel title={t('New person')} onClose={onClose}>
      {made && (
        <Notice
          kind="warn"
          title={made.toDo ?? t('The account is made. A mail with a link to choose a password is on its way.')}
        >
          {made.link && (
            <p>
              {t('Where no mail goes out, hand on this link; it is shown this once:')}{' '}
              <code className={css.link}>{made.link}</code>
            </p>
          )}
        </Notice>
      )}
      <Form
        fresh
        schema={schema}
        values={{ name: '', address: '', administrator: false }}
        problem={add.problem}
        busy={add.busy}
        save={t('Make the account')}
        onSave={async ({ name, address, administrator }) => {
          const answer = await add.run({
            name: String(name),
            address: String(address),
            platformRoles: administrator ? ['administrator'] : [],
          });
          if (answer) setMade(answer);
          return answer;
        }}
      />
    </SidePanel>
  );
}
