import { Button, Form, Icon, Page, Problem, Section, SkeletonRows, toast, useParam } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { History } from '../audit/History.tsx';
import { AddMemberPanel } from './AddMemberPanel.tsx';
import { AnyInvitations } from './AnyInvitations.tsx';
import { AnyMembers } from './AnyMembers.tsx';
import css from './people.module.css';
import { type OrganisationDetail, useAnyOrganisation, useRenameAny } from './queries.ts';

/** One organisation as those who run the platform see it: who is in it, and nothing of what it keeps. */
export function OrganisationPage() {
  const id = useParam('organisationId') ?? '';
  const { data: organisation, problem, refresh } = useAnyOrganisation(id);
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={organisation?.name ?? t('Organisation')}
      path={[
        { title: t('Platform') },
        { title: t('People'), to: '/platform/people' },
        { title: t('Organisations'), to: '/platform/people/organisations' },
      ]}
      summary={organisation && summaryOf(organisation)}
      actions={
        organisation &&
        !organisation.personal && (
          <Button leftSection={<Icon name="user-plus" size={15} />} onClick={() => setAdding(true)}>
            {t('Put somebody in')}
          </Button>
        )
      }
    >
      <Problem problem={problem} retry={refresh} />
      {!organisation && !problem && <SkeletonRows rows={8} height="var(--table-row)" />}
      {organisation && (
        <div className={css.columns}>
          <div>
            <AnyMembers organisation={organisation} />
            {!organisation.personal && <AnyInvitations organisation={organisation} />}
          </div>
          <div>
            {!organisation.personal && <Name organisation={organisation} />}
            <Section title={t('History')} note={t('newest first')}>
              <History organisation={organisation.id} />
            </Section>
          </div>
        </div>
      )}
      {organisation && adding && <AddMemberPanel organisation={organisation} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function summaryOf({ personal, members, tokens }: OrganisationDetail): string {
  if (personal) return t('The own place of one person. Nobody else can be in it, and it stays as long as they do.');
  const people = t({ one: 'One member', other: '{count} members' }, { count: members });
  return t(
    { one: '{people}, one access token.', other: '{people}, {count} access tokens.' },
    { people, count: tokens },
  );
}

function Name({ organisation: { id, name, version } }: { organisation: OrganisationDetail }) {
  const rename = useRenameAny(id);
  return (
    <Section title={t('Name')}>
      <Form
        schema={{
          type: 'object',
          required: ['name'],
          properties: { name: { title: t('Name of the organisation'), type: 'string', minLength: 1, maxLength: 120 } },
        }}
        values={{ name }}
        problem={rename.problem}
        busy={rename.busy}
        onSave={async ({ name: given }) => {
          const saved = await rename.run({ name: String(given), version });
          if (saved) toast({ text: t('It is called {name} now', { name: saved.name }) });
          return saved;
        }}
      />
    </Section>
  );
}
