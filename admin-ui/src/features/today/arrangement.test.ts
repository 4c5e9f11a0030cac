import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Arranged,
  arrange,
  keepArrangement,
  moved,
  type Placeable,
  places,
  readArrangement,
  stepped,
} from './arrangement.ts';

const widget = (id: string, place: Placeable['widget']['place']): Placeable => ({ id, widget: { place } });
const three = [widget('day', 'head'), widget('tasks', 'main'), widget('unread', 'end')];
const ids = (now: Arranged<Placeable>) =>
  Object.fromEntries(Object.entries(now).map(([place, list]) => [place, list.map(({ id }) => id)]));
const all = [...places, 'hidden'] as const;

test('without a choice, widgets stand where their plugins say', () => {
  assert.deepEqual(ids(arrange(three, readArrangement(undefined))), {
    head: ['day'],
    start: [],
    main: ['tasks'],
    end: ['unread'],
    hidden: [],
  });
});

test('what came later stands behind what was arranged, and what is away keeps its place', () => {
  const kept = readArrangement({ main: ['notes', 'unread', 'tasks'], hidden: ['day'] });
  const now = arrange([...three, widget('bookings', 'main')], kept);
  assert.deepEqual(ids(now), { head: [], start: [], main: ['unread', 'tasks', 'bookings'], end: [], hidden: ['day'] });
  assert.deepEqual(keepArrangement(now, kept).main, ['unread', 'tasks', 'bookings', 'notes']);
});

test('arrows step within a column and to the next one, and stop at the edges', () => {
  const start = arrange(three, readArrangement({ main: ['tasks', 'unread'] }));
  assert.deepEqual(ids(stepped(start, 'tasks', 'ArrowDown')).main, ['unread', 'tasks']);
  assert.equal(stepped(start, 'tasks', 'ArrowUp'), start);
  assert.deepEqual(ids(stepped(start, 'unread', 'ArrowLeft')).start, ['unread']);
  assert.deepEqual(ids(stepped(start, 'unread', 'ArrowRight')).end, ['unread']);
  assert.equal(stepped(start, 'day', 'ArrowRight'), start, 'what lies across all columns stays above them');
});

test('preferences that somebody else wrote do no harm', () => {
  for (const kept of [null, 7, 'main', [], { main: 'tasks' }, { main: [1, null, 'tasks', 'tasks'], end: ['tasks'] }]) {
    assert.equal(ids(arrange(three, readArrangement(kept))).main!.filter((id) => id === 'tasks').length, 1);
  }
});

test('whatever is moved where, each widget is there once', () => {
  const place = fc.constantFrom(...all);
  const names = ['a', 'b', 'c', 'd', 'e'];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...places)), { maxLength: 5 }),
      fc.array(fc.tuple(fc.constantFrom(...names), place, fc.integer({ min: -2, max: 9 })), { maxLength: 12 }),
      (widgets, moves) => {
        const there = [...new Map(widgets)].map(([id, at]) => widget(id, at));
        let now = arrange(there, readArrangement(null));
        for (const [id, to, index] of moves) now = moved(now, id, to, index);
        const kept = keepArrangement(now, readArrangement(null));
        assert.deepEqual(arrange(there, readArrangement(JSON.parse(JSON.stringify(kept)))), now);
        const found = all.flatMap((at) => now[at].map(({ id }) => id));
        assert.deepEqual(found.toSorted(), there.map(({ id }) => id).toSorted());
      },
    ),
  );
});
