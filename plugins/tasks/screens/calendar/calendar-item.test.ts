import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instantAt, lanesOf, pieces, stepped } from './calendar-item.ts';
import { daysShown, turned } from './calendar-range.ts';

const at = (text: string) => Temporal.Instant.from(text);
const berlin = 'Europe/Berlin';

test('on the day of 23 hours what is after the gap stands where the clock on the wall shows it', () => {
  // Clocks go from 2:00 to 3:00 on 28 March 2027.
  assert.deepEqual(pieces(at('2027-03-28T12:00:00Z'), at('2027-03-28T13:30:00Z'), berlin), [
    { date: '2027-03-28', from: 14 * 60, to: 15 * 60 + 30 },
  ]);
  assert.equal(instantAt({ date: '2027-03-28', from: 14 * 60 }, berlin).toString(), '2027-03-28T12:00:00Z');
  // 2:30 is not there: it is what a clock shows that nobody has set, 3:30.
  assert.equal(instantAt({ date: '2027-03-28', from: 150 }, berlin).toString(), '2027-03-28T01:30:00Z');
});

test('on the day of 25 hours a stretch that the wall shows backwards is still there', () => {
  // 2:45 of the first time to 2:15 of the second, half an hour later.
  const [piece] = pieces(at('2027-10-31T00:45:00Z'), at('2027-10-31T01:15:00Z'), berlin);
  assert.deepEqual(piece, { date: '2027-10-31', from: 165, to: 180 });
  assert.equal(instantAt({ date: '2027-10-31', from: 14 * 60 }, berlin).toString(), '2027-10-31T13:00:00Z');
});

test('a stretch over midnight is cut there, and one that ends at midnight has no piece of the next day', () => {
  assert.deepEqual(pieces(at('2027-06-01T21:00:00Z'), at('2027-06-01T23:00:00Z'), berlin), [
    { date: '2027-06-01', from: 1380, to: 1440 },
    { date: '2027-06-02', from: 0, to: 60 },
  ]);
  assert.equal(pieces(at('2027-06-01T20:00:00Z'), at('2027-06-01T22:00:00Z'), berlin).length, 1);
});

test('what is put at a place stands there again, in every zone, unless the clock skips it', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Chatham', 'Asia/Kathmandu'];
  const days = fc.integer({ min: 0, max: 1200 });
  let looked = 0;
  fc.assert(
    fc.property(fc.constantFrom(...zones), days, fc.integer({ min: 0, max: 95 }), (zone, day, quarter) => {
      const date = Temporal.PlainDate.from('2026-01-01').add({ days: day }).toString();
      const from = quarter * 15;
      const instant = instantAt({ date, from }, zone);
      const [piece] = pieces(instant, instant, zone);
      const wall = instant.toZonedDateTimeISO(zone);
      const skipped = wall.hour * 60 + wall.minute !== from;
      looked += 1;
      return piece!.date === date && (skipped || piece!.from === Math.min(from, 1425));
    }),
  );
  assert.ok(looked >= 100);
});

test('arrows move by days and quarters of an hour, and never out of the day', () => {
  const place = { date: '2027-03-27', from: 1425 };
  assert.deepEqual(stepped(place, 'ArrowRight', 'quarters'), { date: '2027-03-28', from: 1425 });
  assert.deepEqual(stepped(place, 'ArrowDown', 'quarters'), place);
  assert.deepEqual(stepped({ ...place, from: 547 }, 'ArrowUp', 'quarters'), { date: '2027-03-27', from: 525 });
  assert.deepEqual(stepped({ ...place, from: null }, 'ArrowDown', 'weeks'), { date: '2027-04-03', from: null });
  assert.equal(stepped(place, 'Home', 'weeks'), undefined);
});

test('those that overlap stand side by side, and the next group begins anew', () => {
  const [a, b, c, d] = [
    { from: 0, to: 60 },
    { from: 30, to: 90 },
    { from: 60, to: 120 },
    { from: 120, to: 130 },
  ];
  const lanes = lanesOf([a, b, c, d]);
  assert.deepEqual(
    [a, b, c, d].map((item) => lanes.get(item)),
    [
      { lane: 0, lanes: 2 },
      { lane: 1, lanes: 2 },
      { lane: 0, lanes: 2 },
      { lane: 0, lanes: 1 },
    ],
  );
});

test('a month is shown in whole weeks that begin where the person’s begin', () => {
  const day = Temporal.PlainDate.from('2027-02-14');
  assert.equal(daysShown('month', day, 1).length, 28);
  const sunday = daysShown('month', day, 7);
  assert.deepEqual([sunday[0]!.toString(), sunday.length], ['2027-01-31', 35]);
  assert.equal(turned('month', Temporal.PlainDate.from('2027-01-31'), 1).toString(), '2027-02-01');
});
