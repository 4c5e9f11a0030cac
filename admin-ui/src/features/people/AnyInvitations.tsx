import { Button, type Column, DataTable, DateTime, Notice, Problem, Section } from '@task-connect/console';
import { useState } from 'react';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import css from './people.module.css';
import { type OrganisationDetail, useResendAny, useWithdrawAny } from './queries.ts';

type Invitation = OrganisationDetail['pending'][number];

const columns: readonly Column<Invitation>[] = [
  { key: 'address', title: t('Address'), cell: ({ address }) => address },
  { key: 'role', title: t('Role'), cell: ({ role }) => roleTitle(role) },
  {
    key: 'by',
    title: t('Invited by'),
    hideBelow: 'tablet',
    cell: ({ invitedByName }) => invitedByName ?? t('somebody'),
  },
  {
    key: 'until',
    title: t('Until'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ expiresAt }) => <DateTime at={expiresAt} />,
  },
];

/** Who was invited to an organisation and has not come yet. */
export function AnyInvitations({ organisation }: { organisation: OrganisationDetail }) {
  const resend = useResendAny(organisation.id);
  const withdraw = useWithdrawAny(organisation.id);
  const [link, setLink] = useState<string>();
  const sendAgain = async ({ id }: Invitation) => {
    const sent = await resend.run(id);
    if (sent) setLink(sent.link);
  };
  // One that is sent again has another id, which the next reading brings.
  const busy = resend.busy || withdraw.busy;
  return (
    <Section title={t('Invitations')} note={organisation.pending.length}>
      {link && (
        <Notice kind="warn" title={t('The invitation is on its way. Where no mail goes out, hand on this link:')}>
          <code className={css.link}>{link}</code>
        </Notice>
      )}
      <Problem problem={resend.problem ?? withdraw.problem} />
      <DataTable<Invitation>
        quiet
        label={t('Invitations')}
        columns={columns}
        rows={organisation.pending}
        rowKey={({ id }) => id}
        actions={(invitation) => (
          <>
            <Button size="compact-sm" disabled={busy} onClick={() => void sendAgain(invitation)}>
              {t('Send again')}
            </Button>{' '}
            <Button size="compact-sm" disabled={busy} onClick={() => void withdraw.run(invitation.id)}>
              {t('Withdraw')}
            </Button>
          </>
        )}
        empty={<p className={css.plain}>{t('Nobody is invited now. Managers and owners invite.')}</p>}
      />
    </Section>
  );
}
