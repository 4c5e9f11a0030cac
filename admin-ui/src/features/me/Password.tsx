import { Form, type JsonSchema, Section, toast, useMe } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './profile.module.css';
import { useChangePassword } from './queries.ts';

const schema: JsonSchema = {
  type: 'object',
  required: ['present', 'next'],
  properties: {
    present: { title: t('Present password'), type: 'string', secret: true, minLength: 1 },
    next: {
      title: t('New password'),
      description: t('Ten characters or more; a few words in a row are good.'),
      type: 'string',
      secret: true,
      minLength: 10,
      maxLength: 200,
    },
  },
};

const empty = { present: '', next: '' };

/** Another password, with the present one; where one signs in elsewhere, the way there. */
export function Password() {
  const { accountUrl } = useMe();
  const change = useChangePassword();
  // What was typed is forgotten with the form.
  const [round, setRound] = useState(0);
  if (accountUrl)
    return (
      <Section title={t('Password and sign-in')}>
        <p className={css.plain}>
          <a href={accountUrl}>{t('Change them where you sign in')}</a>
        </p>
      </Section>
    );
  return (
    <Section title={t('Password')} note={t('signs your other browsers out')}>
      <Form
        key={round}
        schema={schema}
        values={empty}
        problem={change.problem}
        busy={change.busy}
        save={t('Change it')}
        onSave={async ({ present, next }) => {
          const changed = await change.run({ present: String(present), next: String(next) });
          if (changed) {
            setRound(round + 1);
            toast({
              text: t(
                {
                  one: 'Your password is changed; one browser was signed out',
                  other: 'Your password is changed; {count} browsers were signed out',
                },
                { count: changed.signedOut },
              ),
            });
          }
          return changed;
        }}
      />
    </Section>
  );
}
