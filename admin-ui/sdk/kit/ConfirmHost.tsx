import { Button } from '@mantine/core';
import { useStore } from '../store.ts';
import { asked } from './confirm.ts';
import { Consequences, Dialog, DialogActions } from './Dialog.tsx';

/** Shows the question that `confirm` asks. The shell has one. */
export function ConfirmHost() {
  const question = useStore(asked);
  if (!question) return null;
  return (
    <Dialog title={question.title} onClose={() => question.answer(false)}>
      <Consequences sentences={question.consequences} />
      <DialogActions note={question.note}>
        <Button autoFocus onClick={() => question.answer(false)}>
          {question.keep}
        </Button>
        <Button variant="filled" {...(question.danger ? { color: 'brick' } : {})} onClick={() => question.answer(true)}>
          {question.act}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
