import { Button, confirm, Problem, Section, Select, useMe, useMembers } from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './organisation.module.css';
import { useHandOver } from './queries.ts';

/** Hands one’s ownership to another member. */
export function Ownership({ id }: { id: string }) {
  const me = useMe();
  const others = (useMembers() ?? []).filter(({ person }) => person !== me.id);
  const hand = useHandOver(id);
  const [heir, setHeir] = useState<string | null>(null);
  const ask = async () => {
    const name = others.find(({ person }) => person === heir)?.name;
    if (!heir || !name) return;
    const yes = await confirm({
      title: t('Hand {organisation} to {person}?', { organisation: me.organisation.name, person: name }),
      consequences: [
        t('{person} is an owner: renames it, changes roles and removes members.', { person: name }),
        t('You are a manager from then on, and only an owner can make you one again.'),
      ],
      keep: t('Keep it'),
      act: t('Hand it over'),
      danger: true,
    });
    if (yes && (await hand.run(heir))) location.reload();
  };
  return (
    <Section title={t('Ownership')}>
      <Problem problem={hand.problem} />
      {others.length === 0 ? (
        <p className={css.plain}>{t('You are alone here. Invite somebody first.')}</p>
      ) : (
        <div className={css.hand}>
          <Select
            label={t('To whom?')}
            placeholder={t('A member')}
            searchable
            data={others.map(({ person, name }) => ({ value: person, label: name }))}
            value={heir}
            onChange={setHeir}
          />
          <Button disabled={!heir || hand.busy} onClick={() => void ask()}>
            {t('Hand over…')}
          </Button>
        </div>
      )}
    </Section>
  );
}
