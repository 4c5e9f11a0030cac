import { Button, type Column, confirm, DataTable, DateTime, Problem, Section } from '@task-connect/console';
import { t } from '../../t.ts';
import css from './people.module.css';
import { type PersonDetail, useEnd } from './queries.ts';

type Token = PersonDetail['tokens'][number];

const columns: readonly Column<Token>[] = [
  { key: 'name', title: t('Token'), cell: ({ name }) => name },
  { key: 'where', title: t('Organisation'), hideBelow: 'tablet', cell: ({ organisationName }) => organisationName },
  {
    key: 'scopes',
    title: t('May'),
    hideBelow: 'desk',
    cell: ({ scopes }) => (scopes.includes('*') ? t('all that they may') : scopes.join(', ')),
  },
  {
    key: 'used',
    title: t('Last used'),
    align: 'end',
    cell: ({ lastUsedAt }) => (lastUsedAt ? <DateTime at={lastUsedAt} /> : t('never')),
  },
];

/** Access tokens of somebody. */
export function PersonTokens({ person }: { person: PersonDetail }) {
  const end = useEnd(person.id);
  const revoke = async ({ id, name }: Token) => {
    const yes = await confirm({
      title: t('Revoke “{token}”?', { token: name }),
      consequences: [t('Programs that use it are refused at once.'), t('It cannot be brought back.')],
      keep: t('Keep it'),
      act: t('Revoke'),
      danger: true,
    });
    if (yes) await end.run(`tokens/${id}`);
  };
  return (
    <Section title={t('Access tokens')} note={person.tokens.length}>
      <Problem problem={end.problem} />
      <DataTable<Token>
        quiet
        label={t('Access tokens')}
        columns={columns}
        rows={person.tokens}
        rowKey={({ id }) => id}
        actions={(token) => (
          <Button size="compact-sm" onClick={() => void revoke(token)}>
            {t('Revoke…')}
          </Button>
        )}
        empty={<p className={css.plain}>{t('None.')}</p>}
      />
    </Section>
  );
}
