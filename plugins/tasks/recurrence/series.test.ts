import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstDays } from './preview-routes.ts';
import { frequencies, mustRule, type Rule, readRule, ruleText } from './rule.ts';
import { startOf } from './rule-warnings.ts';

const zones = ['Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Apia'];
const days = fc
  .integer({ min: 0, max: 4000 })
  .map((n) => Temporal.PlainDate.from('2024-01-01').add({ days: n }).toString());
const rules: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ freq: fc.constantFrom(...frequencies), interval: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    freq: fc.constant('WEEKLY' as const),
    interval: fc.constant(1),
    byDay: fc.constantFrom<string[]>(['MO'], ['TU', 'SA']),
  }),
  fc.record({
    freq: fc.constant('MONTHLY' as const),
    interval: fc.integer({ min: 1, max: 3 }),
    byMonthDay: fc.constantFrom<number[]>([30], [31], [15, 31], [-1]),
    skip: fc.constantFrom('BACKWARD' as const, 'OMIT' as const),
  }),
);

test('dates go forward, at one time on the wall, whatever the clocks do', () => {
  let seen = 0;
  fc.assert(
    fc.property(
      rules,
      days,
      fc.constantFrom(...zones),
      fc.constantFrom('08:15:00', '23:30:00', null),
      (rule, on, zone, time) => {
        const series = { rule, from: 'schedule' as const, on, time, zone };
        const dates = firstDays(series, 8);
        seen += dates.length;
        for (const [index, date] of dates.entries()) {
          if (index > 0) assert.ok(date > dates[index - 1]!);
          if (time === null) continue;
          const wall = startOf(series, date).toZonedDateTimeISO(zone);
          assert.equal(wall.toPlainTime().toString().slice(0, 5), time.slice(0, 5));
          assert.equal(wall.toPlainDate().toString(), date);
        }
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(seen > 2000);
});

test('“31st or the last day” has a date in every month that is meant', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 29, max: 31 }), (on, day) => {
      const rule = mustRule(`FREQ=MONTHLY;BYMONTHDAY=${day};SKIP=BACKWARD`);
      const dates = firstDays({ rule, from: 'schedule', on, time: null, zone: 'UTC' }, 14).slice(1);
      assert.equal(dates.length, 13);
      for (const [index, text] of dates.entries()) {
        const date = Temporal.PlainDate.from(text);
        assert.equal(date.day, Math.min(day, date.daysInMonth));
        if (index > 0)
          assert.equal(date.toPlainYearMonth().subtract({ months: 1 }).toString(), dates[index - 1]!.slice(0, 7));
      }
    }),
    { numRuns: 100 },
  );
});

test('COUNT counts the first, UNTIL takes the last in', () => {
  const series = { from: 'schedule' as const, on: '2027-01-04', time: null, zone: 'Europe/Berlin' };
  const of = (rule: string, more = {}) => firstDays({ ...series, ...more, rule: mustRule(rule) }, 20);
  assert.deepEqual(of('FREQ=DAILY;COUNT=3'), ['2027-01-04', '2027-01-05', '2027-01-06']);
  assert.deepEqual(of('FREQ=WEEKLY;BYDAY=TU;COUNT=2'), ['2027-01-04', '2027-01-05']);
  assert.deepEqual(of('FREQ=DAILY;UNTIL=20270106'), ['2027-01-04', '2027-01-05', '2027-01-06']);
  assert.deepEqual(of('FREQ=DAILY;UNTIL=20270105T230000Z', { time: '00:00:00' }), of('FREQ=DAILY;COUNT=3'));
});

test('a rule is read and written in one order, and nonsense is refused in a sentence', () => {
  fc.assert(fc.property(rules, (rule) => assert.equal(ruleText(mustRule(ruleText(rule))), ruleText(rule))));
  assert.equal(ruleText(mustRule('rrule:byday=2tu;freq=monthly;interval=1')), 'FREQ=MONTHLY;BYDAY=2TU');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `FREQ=DAILY;${text}`),
      ),
      (text) => {
        const { rule, fault } = readRule(text);
        assert.ok(rule ? ruleText(rule).startsWith('FREQ') || rule.skip : fault!.length > 10);
      },
    ),
  );
});
