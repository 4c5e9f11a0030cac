import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countNames, countsOfTask, countsOfWork, type DayCounts, difference, type TaskFacts } from './day-counts.ts';

const people = fc.constantFrom('anna', 'bert');
const days = fc.constantFrom('2027-03-27', '2027-03-28', '2027-03-29');
const facts: fc.Arbitrary<TaskFacts | undefined> = fc.option(
  fc
    .record({
      created_by: people,
      created_on: days,
      completed: fc.option(fc.record({ completed_by: people, completed_on: days })),
      responsible_id: people,
      due_on: fc.option(days),
      project_id: fc.option(fc.constantFrom('p', 'q')),
      estimate_minutes: fc.constant(null),
      status: fc.constant('open'),
    })
    .map(({ completed, ...rest }) => ({ completed_by: null, completed_on: null, ...rest, ...completed })),
  { nil: undefined },
);

/** Adds up what `difference` says, day by day, without the zeros. */
function sumOf(parts: readonly DayCounts[][]) {
  const sums = new Map<string, number>();
  for (const { person, day, project, ...counts } of parts.flat()) {
    for (const name of countNames) {
      const key = `${person} ${day} ${project} ${name}`;
      sums.set(key, (sums.get(key) ?? 0) + counts[name]);
    }
  }
  return Object.fromEntries([...sums].filter(([, value]) => value !== 0).sort());
}

test('counting the differences of a history comes to the same as counting its end', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 8 }), (history) => {
      const steps = history.map((now, index) => difference(countsOfTask(history[index - 1]), countsOfTask(now)));
      assert.deepEqual(sumOf(steps), sumOf([countsOfTask(history.at(-1))]));
    }),
  );
});

test('what stays as it was adds nothing', () => {
  fc.assert(fc.property(facts, (task) => assert.deepEqual(difference(countsOfTask(task), countsOfTask(task)), [])));
});

test('a difference names its days in one order', () => {
  fc.assert(
    fc.property(facts, facts, (before, after) => {
      const keys = difference(countsOfTask(before), countsOfTask(after)).map(
        ({ day, person, project }) => `${day} ${person} ${project}`,
      );
      assert.deepEqual(keys, [...keys].sort());
    }),
  );
});

test('a task that is done on its day is met, a day later it is not', () => {
  const rest = { project_id: null, estimate_minutes: null, status: 'done' };
  const task = { ...rest, created_by: 'anna', created_on: '2027-03-20', responsible_id: 'bert', due_on: '2027-03-28' };
  const dueOf = (completed_on: string) =>
    countsOfTask({ ...task, completed_by: 'bert', completed_on }).find(({ due }) => due > 0)!;
  assert.deepEqual([dueOf('2027-03-28').met, dueOf('2027-03-29').met], [1, 0]);
  assert.equal(dueOf('2027-03-28').person, 'bert');
});

test('work counts its seconds on its day', () => {
  assert.deepEqual(
    countsOfWork({ person_id: 'anna', day: '2027-03-28', seconds: 90, task_id: null, project_id: null }).map(
      ({ day, trackedSeconds }) => [day, trackedSeconds],
    ),
    [['2027-03-28', 90]],
  );
  assert.deepEqual(countsOfWork(undefined), []);
});
