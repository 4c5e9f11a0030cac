import { Form, Page, Problem, Section, toast, useMe, usePermission } from '@task-connect/console';
import { lookedAt } from '@task-connect/console/shell';
import { t } from '../../t.ts';
import { Invitations } from './Invitations.tsx';
import { Members } from './Members.tsx';
import css from './organisation.module.css';
import { useNewOrganisation, useOrganisation, useRename } from './queries.ts';

/** The organisation that is looked at: its members, whom it invited, and the way to another one. */
export function Organisation() {
  const { organisation } = useMe();
  const mayInvite = usePermission('organisation:invite') && !organisation.personal;
  return (
    <Page
      title={organisation.name}
      here={t('Organisation')}
      summary={
        organisation.personal
          ? t('This is your own place: nobody else is in it. Make an organisation to work with others.')
          : undefined
      }
    >
      <div className={css.columns} data-alone={organisation.personal || undefined}>
        {!organisation.personal && (
          <div>
            <Members id={organisation.id} />
            {mayInvite && <Invitations id={organisation.id} />}
          </div>
        )}
        <div>
          {!organisation.personal && <Rename id={organisation.id} />}
          <NewOrganisation />
        </div>
      </div>
    </Page>
  );
}

const nameSchema = (title: string) => ({
  type: 'object',
  required: ['name'],
  properties: { name: { title, type: 'string', minLength: 1, maxLength: 120 } },
});

function Rename({ id }: { id: string }) {
  const { data, problem, refresh } = useOrganisation(id);
  const rename = useRename(id);
  if (!usePermission('organisation:manage')) return null;
  return (
    <Section title={t('Name')}>
      <Problem problem={problem} retry={refresh} />
      {data && (
        <Form
          schema={nameSchema(t('Name of the organisation'))}
          values={{ name: data.name }}
          problem={rename.problem}
          busy={rename.busy}
          onSave={async ({ name }) => {
            const saved = await rename.run({ name: String(name), version: data.version });
            if (saved) toast({ text: t('It is called {name} now', { name: saved.name }) });
            return saved;
          }}
        />
      )}
    </Section>
  );
}

function NewOrganisation() {
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
