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
} from '@task-connect/console';
import { useState } from 'react';
import { roleTitle } from '../../shell/role-title.ts';
import { t } from '../../t.ts';
import css from './organisation.module.css';
import { type Invitation, useInvitations, useInvite, useWithdraw } from './queries.ts';

const columns: readonly Column<Invitation>[] = [
  { key: 'address', title: t('Address'), cell: ({ address }) => address },
  { key: 'role', title: t('Role'), cell: ({ role }) => roleTitle(role) },
  { key: 'expires', title: t('Until'), align: 'end', cell: ({ expiresAt }) => <DateTime at={expiresAt} /> },
];

const schema: JsonSchema = {
  type: 'object',
  required: ['address', 'role'],
  properties: {
    address: { title: t('Mail address'), type: 'string', format: 'email', maxLength: 254 },
    role: {
      title: t('Role'),
      type: 'string',
      enum: ['manager', 'member', 'guest'],
      titles: { manager: roleTitle('manager'), member: roleTitle('member'), guest: roleTitle('guest') },
    },
  },
};

/** Whom the organisation has invited and who has not come yet. */
export function Invitations({ id }: { id: string }) {
  const invitations = useInvitations(id, true);
  const invite = useInvite(id);
  const withdraw = useWithdraw(id);
  const [link, setLink] = useState<string>();
  return (
    <Section title={t('Invitations')}>
      {link && (
        <Notice kind="warn" title={t('The invitation is on its way. Where no mail goes out, hand on this link:')}>
          <code className={css.link}>{link}</code>
        </Notice>
      )}
      <Problem problem={withdraw.problem ?? invitations.problem} retry={invitations.refresh} />
      {invitations.data && invitations.data.length > 0 && (
        <DataTable<Invitation>
          quiet
          label={t('Invitations')}
          columns={columns}
          rows={invitations.data}
          rowKey={(invitation) => invitation.id}
          more={invitations.more}
          actions={(invitation) => (
            <Button size="compact-sm" onClick={() => void withdraw.run(invitation.id)}>
              {t('Withdraw')}
            </Button>
          )}
        />
      )}
      <Form
        fresh
        schema={schema}
        values={{ address: '', role: 'member' }}
        problem={invite.problem}
        busy={invite.busy}
        save={t('Invite')}
        onSave={async ({ address, role }) => {
          const sent = await invite.run({ address: String(address), role: String(role) });
          if (sent) setLink(sent.link);
          return sent;
        }}
      />
    </Section>
  );
}
