import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useStore } from '../store.ts';
import { translator } from '../words/t.ts';
import { asked, type Question } from './confirm.ts';
import { Consequences, Dialog, DialogActions } from './Dialog.tsx';

const t = translator('console');

/** Shows the question that `confirm` asks. The shell has one. */
export function ConfirmHost() {
  const question = useStore(asked);
  if (!question) return null;
  return (
    <Dialog title={question.title} onClose={() => question.answer(false)}>
      <Consequences sentences={question.consequences} />
      <Answers key={question.title} {...question} />
    </Dialog>
  );
}

/** Both buttons; the safe one has the focus. Where data is deleted, the name is typed first. */
function Answers({ note, keep, act, danger, typeName, answer }: Question & { answer(yes: boolean): void }) {
  const [typed, setTyped] = useState('');
  const ready = typeName === undefined || typed.trim() === typeName.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) answer(true);
  };
  return (
    <form onSubmit={submit}>
      {typeName !== undefined && (
        <TextInput
          mt="md"
          label={t('Type “{name}” to go on', { name: typeName })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <DialogActions note={note}>
        <Button autoFocus onClick={() => answer(false)}>
          {keep}
        </Button>
        <Button type="submit" variant="filled" disabled={!ready} {...(danger ? { color: 'brick' } : {})}>
          {act}
        </Button>
      </DialogActions>
    </form>
  );
}
