import { Form, Problem, Section, toast } from '@task-connect/console';
import { t } from '../../t.ts';
import { nameSchema } from './name-schema.ts';
import { useOrganisation, useRename } from './queries.ts';

/** Another name for the organisation. */
export function Rename({ id }: { id: string }) {
  const { data, problem, refresh } = useOrganisation(id);
  const rename = useRename(id);
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
