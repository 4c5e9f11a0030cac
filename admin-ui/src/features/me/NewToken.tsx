import { Button, Checkbox, Problem, Select, TextInput, useMe } from '@task-connect/console';
import { type FormEvent, useState } from 'react';
import { t } from '../../t.ts';
import { useRoleMatrix } from '../role/queries.ts';
import css from './profile.module.css';
import type { useIssueToken } from './queries.ts';

const lengths = [
  { value: '7', label: t('7 days') },
  { value: '30', label: t('30 days') },
  { value: '90', label: t('90 days') },
  { value: '365', label: t('A year') },
  { value: '', label: t('Until it is revoked') },
];

type NewTokenProps = {
  issue: ReturnType<typeof useIssueToken>;
  onMade(token: string): void;
  onCancel(): void;
};

/** A new access token: what it is for, what it may do, and how long. */
export function NewToken({ issue, onMade, onCancel }: NewTokenProps) {
  const { permissions } = useMe();
  const matrix = useRoleMatrix().data;
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const offered = (matrix?.permissions ?? []).filter((permission) => permissions.includes(permission.name));
  const groups = [...Map.groupBy(offered, ({ pluginTitle }) => pluginTitle)];
  const ready = name.trim() !== '' && (all || chosen.size > 0) && !issue.busy;
  const toggle = (permission: string) => {
    const next = new Set(chosen);
    if (!next.delete(permission)) next.add(permission);
    setChosen(next);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const hours = days === '' ? null : 24 * Number(days);
    const made = await issue.run({
      name: name.trim(),
      scopes: all ? ['*'] : [...chosen],
      expiresAt: hours === null ? null : Temporal.Now.instant().add({ hours }).toString(),
    });
    if (made) onMade(made.token);
  };
  return (
    <form className={css.token} onSubmit={(event) => void submit(event)} aria-label={t('New token')}>
      <TextInput
        label={t('What is it for?')}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <fieldset>
        <legend>{t('What may it do?')}</legend>
        <Checkbox
          label={t('All that you may')}
          description={t('Also what you may do later. Take less where less will do.')}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
        {!all &&
          groups.map(([plugin, ofPlugin]) => (
            <fieldset key={plugin} className={css.scopes}>
              <legend>{plugin}</legend>
              {ofPlugin.map((permission) => (
                <Checkbox
                  key={permission.name}
                  label={permission.title}
                  checked={chosen.has(permission.name)}
                  onChange={() => toggle(permission.name)}
                />
              ))}
            </fieldset>
          ))}
      </fieldset>
      <Select
        label={t('How long does it work?')}
        data={lengths}
        value={days}
        allowDeselect={false}
        onChange={(value) => setDays(value ?? '90')}
      />
      <Problem problem={issue.problem} />
      <div className={css.buttons}>
        <Button type="submit" variant="filled" disabled={!ready}>
          {t('Make the token')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          {t('Leave it')}
        </Button>
      </div>
    </form>
  );
}
