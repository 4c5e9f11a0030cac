import {
  Button,
  type Column,
  DataTable,
  DateTime,
  Form,
  type JsonSchema,
  Notice,
  Problem,
  Section,
  useMe,
} from '@task-connect/console';
import { useState } from 'react';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import css from './organisation.module.css';
import { type Invitation, useInvitations, useInvite, useResend, useWithdraw } from './queries.ts';

const columns: readonly Column<Invitation>[] = [
  { key: 'address', title: t('Address'), cell: ({ address }) => address },
  { key: 'role', title: t('Role'), hideBelow: 'tablet', cell: ({ role }) => roleTitle(role) },
  {
    key: 'expires',
    title: t('Until'),
    align: 'end',
    hideBelow: 'tablet',
    cell: ({ expiresAt }) => <DateTime at={expiresAt} />,
  },
];

const roles = ['owner', 'manager', 'member', 'guest'];

/** Up to one’s own role. */
const schemaFor = (role: string): JsonSchema => {
  const offered = roles.slice(roles.indexOf(role));
  return {
    type: 'object',
    required: ['address', 'role'],
    properties: {
      address: { title: t('Mail address'), type: 'string', format: 'email', maxLength: 254 },
      role: {
        title: t('Role'),
        type: 'string',
        enum: offered,
        titles: Object.fromEntries(offered.map((each) => [each, roleTitle(each)])),
      },
    },
  };
};

/** Whom the organisation has invited and who has not come yet. */
export function Invitations({ id }: { id: string }) {
  const { organisation } = useMe();
  const invitations = useInvitations(id, true);
  const invite = useInvite(id);
  const resend = useResend(id);
  const withdraw = useWithdraw(id);
  const [link, setLink] = useState<string>();
  // One that is sent again has another id, which the next reading brings.
  const busy = resend.busy || withdraw.busy;
  const sendAgain = async (invitation: Invitation) => {
    const sent = await resend.run(invitation.id);
    if (sent) setLink(sent.link);
  };
  return (
    <div className={css.columns}>
      <div>
        <Section title={t('Invite')}>
          <Form
            fresh
            schema={schemaFor(organisation.role)}
            values={{ address: '', role: 'member' }}
            problem={invite.problem}
            busy={invite.busy}
            save={t('Invite')}
            note={t('good for two weeks')}
            onSave={async ({ address, role }) => {
              const sent = await invite.run({ address: String(address), role: String(role) });
              if (sent) setLink(sent.link);
              return sent;
            }}
          />
        </Section>
      </div>
      <div>
        <Section title={t('Invited and not here yet')} note={invitations.data?.length}>
          {link && (
            <Notice kind="warn" title={t('The invitation is on its way. Where no mail goes out, hand on this link:')}>
              <code className={css.link}>{link}</code>
            </Notice>
          )}
          <Problem problem={resend.problem ?? withdraw.problem ?? invitations.problem} retry={invitations.refresh} />
          {!invitations.problem && (
            <DataTable<Invitation>
              quiet
              label={t('Invitations')}
              columns={columns}
              rows={invitations.data}
              rowKey={(invitation) => invitation.id}
              more={invitations.more}
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
              empty={<p className={css.plain}>{t('Nobody is invited now.')}</p>}
            />
          )}
        </Section>
      </div>
    </div>
  );
}
