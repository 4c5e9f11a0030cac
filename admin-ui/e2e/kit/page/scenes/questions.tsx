import { Button, confirm, toast, useShortcut } from '@task-connect/console';
import { useState } from 'react';

/** What asks and what can be undone. */
export function Scene() {
  const [said, setSaid] = useState<string[]>([]);
  const say = (word: string) => setSaid((before) => [...before, word]);
  useShortcut({ keys: 'u', title: 'Say it', run: () => say('key') });
  const ask = async (typeName?: string) =>
    say(
      String(
        await confirm({
          title: 'Delete Lantern Yard?',
          consequences: ['Its 2,000 tasks are deleted.', 'Nobody can bring them back.'],
          keep: 'Keep it',
          act: 'Delete',
          danger: true,
          ...(typeName && { typeName }),
        }),
      ),
    );
  const tell = (word: string) => toast({ text: `${word} archived`, undo: () => say(`undone ${word}`) });
  return (
    <>
      <h1>Questions</h1>
      <Button onClick={() => void ask()}>Ask</Button>
      <Button onClick={() => void ask('Lantern Yard')}>Ask for the name</Button>
      <Button onClick={() => ['One', 'Two', 'Three', 'Four'].forEach(tell)}>Four toasts</Button>
      <input aria-label="Field" />
      <ol aria-label="Said">
        {said.map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
          <li key={`${index} ${word}`}>{word}</li>
        ))}
      </ol>
    </>
  );
}
