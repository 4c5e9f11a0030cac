import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Content, makeNoteKeeper, type Sent, type Stored } from './note-keeper.ts';

const first: Stored = { title: 'Plan', text: 'one', version: 1 };

/** A keeper before a server that answers what the test says, with a clock that the test turns. */
function aKeeper(storage = new Map<string, string>()) {
  const timers = new Set<() => void>();
  const sent: { content: Content; version: number }[] = [];
  let answer: (content: Content, version: number) => Promise<Sent> = async (content, version) => ({
    ok: { ...content, version: version + 1 },
  });
  const keeper = makeNoteKeeper({
    send: (_note, content, version) => {
      sent.push({ content, version });
      return answer(content, version);
    },
    storage: {
      getItem: (name) => storage.get(name) ?? null,
      setItem: (name, value) => void storage.set(name, value),
      removeItem: (name) => void storage.delete(name),
    },
    later(_milliseconds, work) {
      timers.add(work);
      return () => timers.delete(work);
    },
    now: () => '2027-01-12T10:41:00Z',
  });
  return {
    keeper,
    sent,
    storage,
    answers: (next: typeof answer) => {
      answer = next;
    },
    async tick() {
      for (const work of [...timers]) {
        timers.delete(work);
        work();
      }
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
  };
}

test('what is typed is sent once, when the typing pauses, and then nothing of it is left behind', async () => {
  const { keeper, sent, storage, tick } = aKeeper();
  keeper.open('n', first);
  for (const text of ['t', 'tw', 'two']) keeper.type('n', { text });
  assert.deepEqual([keeper.get('n')!.keeping.state, storage.size], ['saving', 1]);
  await tick();
  assert.deepEqual(sent, [{ content: { title: 'Plan', text: 'two' }, version: 1 }]);
  assert.deepEqual(keeper.get('n')!.keeping, { state: 'saved', at: '2027-01-12T10:41:00Z' });
  assert.equal(storage.size, 0);
});

test('what is typed while it is sent goes after it, on the version that came of it', async () => {
  const { keeper, sent, tick } = aKeeper();
  keeper.open('n', first);
  keeper.type('n', { text: 'two' });
  const saving = keeper.flush('n');
  keeper.type('n', { text: 'three' });
  await saving;
  await tick();
  assert.deepEqual(
    sent.map(({ content, version }) => [content.text, version]),
    [
      ['two', 1],
      ['three', 2],
    ],
  );
});

test('without a server it stays “not saved”, over a reload too, and is sent when there is one', async () => {
  const before = aKeeper();
  before.answers(async () => ({ failed: 'No connection', again: true }));
  before.keeper.open('n', first);
  before.keeper.type('n', { title: 'Plan B' });
  await before.tick();
  assert.equal(before.keeper.get('n')!.keeping.state, 'not-saved');
  await before.tick();
  assert.equal(before.sent.length, 2);

  const after = aKeeper(before.storage);
  assert.deepEqual(after.keeper.open('n', first).content, { title: 'Plan B', text: 'one' });
  await after.tick();
  assert.deepEqual([after.sent.length, after.keeper.get('n')!.keeping.state], [1, 'saved']);
});

test('a change that was overtaken keeps both, and sends nothing until one is chosen', async () => {
  const theirs = { title: 'Plan', text: 'theirs', version: 5 };
  const { keeper, sent, answers, tick } = aKeeper();
  keeper.open('n', first);
  answers(async () => ({ overtaken: theirs }));
  keeper.type('n', { text: 'mine' });
  await tick();
  assert.deepEqual(keeper.get('n')!.keeping, { state: 'overtaken', theirs });
  keeper.type('n', { text: 'mine, still' });
  await tick();
  assert.equal(sent.length, 1);
  answers(async (content, version) => ({ ok: { ...content, version: version + 1 } }));
  await keeper.settle('n', 'mine');
  assert.deepEqual(sent[1], { content: { title: 'Plan', text: 'mine, still' }, version: 5 });
  assert.equal(keeper.get('n')!.keeping.state, 'saved');
});

test('a draft from before a reload that was overtaken shows both', () => {
  const storage = new Map([['task-connect:note:n', JSON.stringify({ title: 'Plan', text: 'mine', base: first })]]);
  const { keeper } = aKeeper(storage);
  const kept = keeper.open('n', { title: 'Plan', text: 'theirs', version: 2 });
  assert.deepEqual([kept.content.text, kept.keeping.state], ['mine', 'overtaken']);
});

test('what others write is taken over while nothing is typed, and never over what is', () => {
  const { keeper } = aKeeper();
  keeper.open('n', first);
  assert.equal(keeper.open('n', { ...first, text: 'theirs', version: 2 }).content.text, 'theirs');
  keeper.type('n', { text: 'mine' });
  assert.equal(keeper.open('n', { ...first, text: 'more', version: 3 }).content.text, 'mine');
});
