import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundsOfDay, columnsOfWhen, Day, dayAt, Moment, sameWhen, whenOfColumns } from './when.ts';

const hoursOf = (date: string, zone: string) => {
  const { startsAt, endsAt } = boundsOfDay(date, zone);
  return Temporal.Instant.from(startsAt).until(Temporal.Instant.from(endsAt)).total('hours');
};

test('a day has 23, 24, 25 or 23.5 hours, as the clocks of its zone say', () => {
  assert.equal(hoursOf('2027-03-27', 'Europe/Berlin'), 24);
  assert.equal(hoursOf('2027-03-28', 'Europe/Berlin'), 23);
  assert.equal(hoursOf('2027-10-31', 'Europe/Berlin'), 25);
  assert.equal(hoursOf('2026-10-04', 'Australia/Sydney'), 23);
  assert.equal(hoursOf('2026-10-04', 'Australia/Lord_Howe'), 23.5);
});

test('a day whose midnight does not exist begins at the first moment that does', () => {
  assert.equal(boundsOfDay('2018-11-04', 'America/Sao_Paulo').startsAt, '2018-11-04T03:00:00Z');
  assert.equal(hoursOf('2018-11-04', 'America/Sao_Paulo'), 23);
});

test('the bounds of a day hold just its moments, in every zone', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const dates = fc.integer({ min: 0, max: 30_000 }).map((days) => Temporal.PlainDate.from('1970-01-02').add({ days }));
  fc.assert(
    fc.property(dates, fc.constantFrom(...zones), (day, zone) => {
      const { startsAt, endsAt } = boundsOfDay(day.toString(), zone);
      // Samoa and others left out whole days; such a day has no moment.
      if (startsAt === endsAt) return;
      const first = Temporal.Instant.from(startsAt);
      const last = Temporal.Instant.from(endsAt).subtract({ milliseconds: 1 });
      assert.equal(dayAt(first, zone), day.toString());
      assert.equal(dayAt(last, zone), day.toString());
      assert.notEqual(dayAt(first.subtract({ milliseconds: 1 }), zone), day.toString());
    }),
  );
});

test('a date stays a date, whatever zone its writer is in', () => {
  const columns = columnsOfWhen({ date: '2027-03-14' }, 'Pacific/Auckland');
  assert.deepEqual(columns, { on: '2027-03-14', at: null, zone: 'Pacific/Auckland' });
  assert.deepEqual(whenOfColumns(columns), { date: '2027-03-14' });
  assert.ok(sameWhen(columns, columnsOfWhen({ date: '2027-03-14' }, 'America/New_York')));
});

test('a time lies on the day that its zone shows, not on that of UTC', () => {
  const at = '2027-09-09T14:00:00Z';
  assert.equal(columnsOfWhen({ at, zone: 'Australia/Brisbane' }, 'UTC').on, '2027-09-10');
  assert.equal(columnsOfWhen({ at }, 'America/New_York').on, '2027-09-09');
  assert.deepEqual(whenOfColumns(columnsOfWhen({ at }, 'America/New_York')), { at, zone: 'America/New_York' });
});

test('the same time written otherwise is the same, in another zone it is not', () => {
  const berlin = columnsOfWhen({ at: '2027-01-01T09:00:00Z', zone: 'Europe/Berlin' }, 'UTC');
  assert.ok(sameWhen(berlin, { ...berlin, at: '2027-01-01T09:00:00.000000Z' }));
  assert.ok(!sameWhen(berlin, { ...berlin, zone: 'Europe/Vienna' }));
  assert.ok(!sameWhen(berlin, columnsOfWhen({ date: '2027-01-01' }, 'Europe/Berlin')));
});

test('what PostgreSQL cannot store, or nobody means, is refused', () => {
  for (const value of ['0000-01-01', '1899-12-31', '3000-01-01', '2027-02-30', '2027-2-3', 'soon', '', '\u0000']) {
    assert.ok(!Day().safeParse(value).success, value);
  }
  for (const value of [
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-12:00',
    '1900-01-01T00:00:00+14:00',
    '2027-02-30T10:00:00Z',
    '2027-03-14T10:00:00',
    '2027-03-14',
    'soon',
  ]) {
    assert.ok(!Moment().safeParse(value).success, value);
  }
  assert.equal(Moment().parse('2027-03-14T09:30:00.123456+01:00'), '2027-03-14T08:30:00.123Z');
});
