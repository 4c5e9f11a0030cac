import { Button } from '@mantine/core';
import { Notice } from '../kit/Notice.tsx';
import { OvertakenNotice } from '../kit/OvertakenNotice.tsx';
import { translator } from '../words/t.ts';
import { valueText } from './draft.ts';
import type { Field, Values } from './schema.ts';

const t = translator('console');

type OvertakenFieldsProps = { fields: readonly Field[]; saved: Values; shown: Values; onTake(field: Field): void };

/** Both texts where somebody else saved a field while it was typed into; nothing is overwritten unseen. */
export function OvertakenFields({ fields, saved, shown, onTake }: OvertakenFieldsProps) {
  return fields.map((field) => {
    const value = valueText(field, saved[field.name]);
    const title = t('“{field}” was changed while you wrote.', { field: field.label });
    if (field.kind === 'text' && value !== undefined) {
      const mine = valueText(field, shown[field.name]) ?? '';
      return <OvertakenNotice key={field.name} title={title} theirs={value} mine={mine} onTake={() => onTake(field)} />;
    }
    return (
      <Notice
        key={field.name}
        kind="warn"
        title={title}
        actions={<Button onClick={() => onTake(field)}>{t('Take that')}</Button>}
      >
        <p dir="auto">
          {value === undefined ? t('It is empty now.') : t('It is now “{value}”.', { value })} {t('Save keeps yours.')}
        </p>
      </Notice>
    );
  });
}
