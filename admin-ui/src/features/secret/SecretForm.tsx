import { Button, PasswordInput, Problem, Section, Textarea, TextInput, toast } from '@task-connect/console';
import { type FormEvent, useState } from 'react';
import { t } from '../../t.ts';
import { type SecretDetail, useWriteSecret } from './queries.ts';
import css from './secret.module.css';

type Field = SecretDetail['fields'][number];

/** Enters a new version. What is there is never shown, so what is left empty stays as it is. */
export function SecretForm({ secret }: { secret: SecretDetail }) {
  const write = useWriteSecret(secret.path);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const given = Object.entries(typed).filter(([, value]) => value !== '');
  const missing = secret.fields.some((field) => field.required && !field.set && !typed[field.name]);
  const ready = !write.busy && !missing && given.length + removed.size > 0;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const values = { ...Object.fromEntries(given), ...Object.fromEntries([...removed].map((name) => [name, null])) };
    const saved = await write.run({ values, version: secret.version ?? 0 });
    if (saved)
      toast({
        text: t('{secret} is saved as version {version}', { secret: saved.title, version: saved.version ?? 1 }),
      });
  };
  return (
    <Section title={secret.set ? t('New version') : t('Enter it')} note={t('used from the next time on')}>
      <form className={css.form} onSubmit={(event) => void submit(event)} autoComplete="off">
        {secret.fields.map((field) => (
          <SecretInput
            key={field.name}
            field={field}
            value={typed[field.name] ?? ''}
            refused={write.problem?.faultAt(`/values/${field.name}`)}
            onChange={(value) => setTyped({ ...typed, [field.name]: value })}
            removed={removed.has(field.name)}
            onRemove={() => {
              const next = new Set(removed);
              if (!next.delete(field.name)) next.add(field.name);
              setRemoved(next);
            }}
          />
        ))}
        <Problem problem={write.problem?.errors.length ? undefined : write.problem} />
        <div className={css.buttons}>
          <Button type="submit" variant="filled" disabled={!ready}>
            {t('Save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

type SecretInputProps = {
  field: Field;
  value: string;
  refused: string | undefined;
  onChange(value: string): void;
  removed: boolean;
  onRemove(): void;
};

function SecretInput({ field, value, refused, onChange, removed, onRemove }: SecretInputProps) {
  const common = {
    label: field.required ? field.title : t('{field} (may be empty)', { field: field.title }),
    description: field.help,
    error: refused,
    value,
    disabled: removed,
    placeholder: removed ? t('is taken out') : field.set ? t('set; leave it empty to keep it') : '',
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <div>
      {field.long ? (
        <Textarea {...common} autosize minRows={3} maxRows={10} />
      ) : field.hidden ? (
        <PasswordInput {...common} autoComplete="new-password" />
      ) : (
        <TextInput {...common} />
      )}
      {field.set && !field.required && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onRemove}>
          {removed ? t('Keep it') : t('Take it out')}
        </Button>
      )}
    </div>
  );
}
