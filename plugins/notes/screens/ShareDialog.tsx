import {
  Button,
  Dialog,
  DialogActions,
  Icon,
  Person,
  Problem,
  Select,
  TextInput,
  useMe,
  useMembers,
  usePermission,
} from '@task-connect/console';
import { useState } from 'react';
import css from './note-panel.module.css';
import { type Grant, type Note, useLink, useShare } from './queries.ts';
import { t } from './t.ts';

/** Who may see and change a note, and its public link. */
export function ShareDialog({ note, onClose }: { note: Note; onClose(): void }) {
  const me = useMe();
  const members = useMembers() ?? [];
  const share = useShare(note.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const isNew = (id: string) => id !== me.id && !note.sharedWith.some((grant) => grant.id === id);
  const organisations = me.organisations.filter(({ personal }) => !personal);
  const options = [
    {
      group: t('Organisations'),
      items: organisations
        .filter(({ id }) => isNew(id))
        .map(({ id, name }) => ({ value: id, label: t('Everybody in {name}', { name }) })),
    },
    {
      group: t('People'),
      items: members.filter(({ person }) => isNew(person)).map(({ person, name }) => ({ value: person, label: name })),
    },
  ];
  const kindOf = (id: string): Grant['kind'] =>
    organisations.some((one) => one.id === id) ? 'organisation' : 'person';
  const nameOf = ({ kind, id }: Grant) =>
    kind === 'organisation'
      ? t('Everybody in {name}', {
          name: organisations.find((one) => one.id === id)?.name ?? t('another organisation'),
        })
      : (members.find(({ person }) => person === id)?.name ?? t('Somebody who has left'));
  const add = async () => {
    if (chosen && (await share.run({ kind: kindOf(chosen), id: chosen, access: 'view' }))) setChosen(null);
  };
  return (
    <Dialog title={t('Share this note')} onClose={onClose}>
      <div className={css.row}>
        <Select
          label={t('With whom')}
          placeholder={t('A person or an organisation')}
          data={options}
          value={chosen}
          onChange={setChosen}
          searchable
          comboboxProps={{ withinPortal: false }}
        />
        <Button variant="filled" disabled={!chosen} loading={share.busy} onClick={() => void add()}>
          {t('Share')}
        </Button>
      </div>
      <Problem problem={share.problem} />
      <ul className={css.grants}>
        {note.sharedWith.map((grant) => (
          <li key={grant.id}>
            <span className={css.who}>
              <Person name={nameOf(grant)} />
            </span>
            <Select
              aria-label={t('What {name} may do', { name: nameOf(grant) })}
              data={[
                { value: 'view', label: t('may read') },
                { value: 'edit', label: t('may change') },
              ]}
              value={grant.access}
              allowDeselect={false}
              w={130}
              comboboxProps={{ withinPortal: false }}
              onChange={(access) => void share.run({ ...grant, access: access as Grant['access'] })}
            />
            <Button onClick={() => void share.run({ ...grant, access: null })}>{t('Remove')}</Button>
          </li>
        ))}
      </ul>
      <PublicLink note={note} />
      <DialogActions>
        <Button onClick={onClose}>{t('Done')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function PublicLink({ note }: { note: Note }) {
  const link = useLink(note.id);
  const [copied, setCopied] = useState(false);
  const mayPublish = usePermission('notes:publish');
  if (!mayPublish) return null;
  if (!note.publicLink) {
    return (
      <div className={css.link}>
        <Button leftSection={<Icon name="world" />} loading={link.busy} onClick={() => void link.run(true)}>
          {t('Make a public link')}
        </Button>
        <p>{t('Whoever has the link reads this note without signing in, until you revoke it.')}</p>
        <Problem problem={link.problem} />
      </div>
    );
  }
  return (
    <div className={css.link}>
      <TextInput
        label={t('Public link')}
        description={t('Whoever has it reads this note without signing in.')}
        value={note.publicLink}
        readOnly
        onFocus={(event) => event.target.select()}
      />
      <DialogActions>
        <Button
          leftSection={<Icon name="copy" />}
          onClick={() => void navigator.clipboard.writeText(note.publicLink!).then(() => setCopied(true))}
        >
          {copied ? t('Copied') : t('Copy')}
        </Button>
        <Button loading={link.busy} onClick={() => void link.run(false)}>
          {t('Revoke')}
        </Button>
      </DialogActions>
      <Problem problem={link.problem} />
    </div>
  );
}
