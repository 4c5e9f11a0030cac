import { Form, Section } from '@task-connect/console';
import { lookedAt } from '@task-connect/console/shell';
import { t } from '../../t.ts';
import { nameSchema } from './name-schema.ts';
import { useNewOrganisation } from './queries.ts';

/** Makes an organisation, and goes there. */
export function NewOrganisation() {
  const make = useNewOrganisation();
  return (
    <Section title={t('Another organisation')}>
      <Form
        fresh
        schema={nameSchema(t('Name of the new one'))}
        values={{ name: '' }}
        problem={make.problem}
        busy={make.busy}
        save={t('Make it')}
        note={t('You are its owner.')}
        onSave={async ({ name }) => {
          const made = await make.run(String(name));
          if (made) {
            lookedAt.set(made.id);
            location.reload();
          }
          return made;
        }}
      />
    </Section>
  );
}
