import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf, noRepeat, ruleOf } from './repeat-draft.ts';

const due = Temporal.PlainDate.from('2027-01-31');

test('what the form says becomes a rule, and the rule becomes the form again', () => {
  const drafts = [
    { ...noRepeat, freq: 'DAILY', interval: 3 },
    { ...noRepeat, freq: 'WEEKLY', interval: 2, days: ['MO', 'FR'] },
    { ...noRepeat, freq: 'MONTHLY', month: 'last' },
    { ...noRepeat, freq: 'MONTHLY', month: 'day', skip: 'BACKWARD' },
    { ...noRepeat, freq: 'MONTHLY', month: 'weekday', from: 'completion' },
    { ...noRepeat, freq: 'YEARLY' },
  ] as const;
  for (const draft of drafts) {
    const rule = ruleOf({ ...draft, days: [...draft.days] }, due)!;
    assert.deepEqual(draftOf({ rule, from: draft.from }, due), draft, rule);
  }
});

test('day 31 is what it says until it was chosen what a short month does', () => {
  const draft = { ...noRepeat, freq: 'MONTHLY' as const };
  assert.equal(ruleOf(draft, due), 'FREQ=MONTHLY;BYMONTHDAY=31');
  assert.equal(
    ruleOf({ ...draft, skip: 'BACKWARD' }, due),
    'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD',
  );
  // The fifth Sunday of January is meant as the last one.
  assert.equal(ruleOf({ ...draft, month: 'weekday' }, due), 'FREQ=MONTHLY;BYDAY=-1SU');
});

test('a rule that the form cannot say stays as it is', () => {
  const rule = 'FREQ=DAILY;COUNT=5';
  const draft = draftOf({ rule, from: 'schedule' }, due);
  assert.equal(draft.freq, 'OWN');
  assert.equal(ruleOf(draft, due), rule);
});
