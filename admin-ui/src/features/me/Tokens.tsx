import { Button, type Column, confirm, DataTable, DateTime, Problem, Section, useMe } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import { NewToken } from './NewToken.tsx';
import { NewTokenNotice } from './NewTokenNotice.tsx';
import css from './profile.module.css';
import { type Token, useIssueToken, useRevokeToken, useTokens } from './queries.ts';

const columns: readonly Column<Token>[] = [
  { key: 'name', title: t('Token'), cell: (token) => token.name },
  {
    key: 'scopes',
    title: t('May'),
    hideBelow: 'tablet',
    cell: ({ scopes }) => (scopes.includes('*') ? t('all that you may') : scopes.join(', ')),
  },
  {
    key: 'expires',
    title: t('Until'),
    cell: ({ expiresAt }) => (expiresAt ? <DateTime at={expiresAt} /> : t('it is revoked')),
  },
  {
    key: 'used',
    title: t('Last used'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ lastUsedAt }) => (lastUsedAt ? <DateTime at={lastUsedAt} /> : t('never')),
  },
];

/** Personal access tokens: for programs that act as oneself. */
export function Tokens() {
  const { organisation } = useMe();
  const tokens = useTokens();
  const issue = useIssueToken();
  const revoke = useRevokeToken();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string>();

  const ask = async (token: Token) => {
    const yes = await confirm({
      title: t('Revoke “{token}”?', { token: token.name }),
      consequences: [t('Programs that use it are refused at once.'), t('It cannot be brought back.')],
      keep: t('Keep it'),
      act: t('Revoke'),
      danger: true,
    });
    if (yes) await revoke.run(token);
  };
  return (
    <Section
      title={t('Access tokens')}
      note={t('for programs, in {organisation}', { organisation: organisation.name })}
    >
      {made && <NewTokenNotice token={made} />}
      <Problem problem={revoke.problem ?? tokens.problem} retry={tokens.refresh} />
      {!tokens.problem && (
        <DataTable<Token>
          quiet
          label={t('Access tokens')}
          columns={columns}
          rows={tokens.data}
          rowKey={(token) => token.id}
          more={tokens.more}
          actions={(token) => (
            <Button size="compact-sm" onClick={() => void ask(token)}>
              {t('Revoke…')}
            </Button>
          )}
          empty={
            <p className={css.plain}>{t('None. A token lets a program do what you may, without your password.')}</p>
          }
        />
      )}
      {making ? (
        <NewToken
          issue={issue}
          onCancel={() => setMaking(false)}
          onMade={(token) => {
            setMade(token);
            setMaking(false);
          }}
        />
      ) : (
        <Button mt="sm" onClick={() => setMaking(true)}>
          {t('New token…')}
        </Button>
      )}
    </Section>
  );
}
