import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { faultInSchedule, missedRuns, nextRun, ScheduleError } from './schedule.ts';

const instant = (text: string) => Temporal.Instant.from(text);

function runsBetween(cron: string, zone: string, from: string, to: string): string[] {
  const runs: string[] = [];
  for (let run = nextRun(cron, zone, instant(from)); run && String(run) < to; run = nextRun(cron, zone, run)) {
    runs.push(String(run));
  }
  return runs;
}

// The example behind most of these: “daily at a time” around the changes of 2027.
const cases: { title: string; cron: string; zone: string; from: string; to: string; runs: string[] }[] = [
  {
    title: 'Berlin 02:30 on the day without it runs once, at the first moment after the gap',
    cron: '30 2 * * *',
    zone: 'Europe/Berlin',
    from: '2027-03-27T12:00:00Z',
    to: '2027-03-29T12:00:00Z',
    runs: ['2027-03-28T01:00:00Z', '2027-03-29T00:30:00Z'],
  },
  {
    title: 'Berlin 02:30 on the day that has it twice runs once',
    cron: '30 2 * * *',
    zone: 'Europe/Berlin',
    from: '2027-10-30T12:00:00Z',
    to: '2027-11-01T12:00:00Z',
    runs: ['2027-10-31T00:30:00Z', '2027-11-01T01:30:00Z'],
  },
  {
    title: 'several times in one gap run once together',
    cron: '0,30 2-3 * * *',
    zone: 'Europe/Berlin',
    from: '2027-03-27T23:00:00Z',
    to: '2027-03-28T12:00:00Z',
    runs: ['2027-03-28T01:00:00Z', '2027-03-28T01:30:00Z'],
  },
  {
    title: 'a list of times runs each once on the day that has two of them twice',
    cron: '0,30 2,3 * * *',
    zone: 'Europe/Berlin',
    from: '2027-10-30T23:00:00Z',
    to: '2027-10-31T12:00:00Z',
    runs: ['2027-10-31T00:00:00Z', '2027-10-31T00:30:00Z', '2027-10-31T02:00:00Z', '2027-10-31T02:30:00Z'],
  },
  {
    title: 'every half hour stays even over the gap',
    cron: '*/30 * * * *',
    zone: 'Europe/Berlin',
    from: '2027-03-28T00:00:00Z',
    to: '2027-03-28T02:00:00Z',
    runs: ['2027-03-28T00:30:00Z', '2027-03-28T01:00:00Z', '2027-03-28T01:30:00Z'],
  },
  {
    title: 'every half hour stays even over the hour that comes twice',
    cron: '*/30 * * * *',
    zone: 'Europe/Berlin',
    from: '2027-10-31T00:00:00Z',
    to: '2027-10-31T02:00:00Z',
    runs: ['2027-10-31T00:30:00Z', '2027-10-31T01:00:00Z', '2027-10-31T01:30:00Z'],
  },
  {
    title: 'Kathmandu 07:00 is a quarter past one',
    cron: '0 7 * * *',
    zone: 'Asia/Kathmandu',
    from: '2027-05-03T12:00:00Z',
    to: '2027-05-04T12:00:00Z',
    runs: ['2027-05-04T01:15:00Z'],
  },
  {
    title: 'Lord Howe 07:00 is on the day before',
    cron: '0 7 * * *',
    zone: 'Australia/Lord_Howe',
    from: '2027-05-03T12:00:00Z',
    to: '2027-05-04T12:00:00Z',
    runs: ['2027-05-03T20:30:00Z'],
  },
  {
    title: 'Lord Howe goes back by half an hour: 01:45 comes twice and runs once',
    cron: '45 1 * * *',
    zone: 'Australia/Lord_Howe',
    from: '2027-04-03T00:00:00Z',
    to: '2027-04-05T00:00:00Z',
    runs: ['2027-04-03T14:45:00Z', '2027-04-04T15:15:00Z'],
  },
  {
    title: 'Lord Howe goes ahead by half an hour: 02:15 is left out and runs after the gap',
    cron: '15 2 * * *',
    zone: 'Australia/Lord_Howe',
    from: '2027-10-02T00:00:00Z',
    to: '2027-10-04T00:00:00Z',
    runs: ['2027-10-02T15:30:00Z', '2027-10-03T15:15:00Z'],
  },
  {
    title: 'Chatham 07:00 is on the day before',
    cron: '0 7 * * *',
    zone: 'Pacific/Chatham',
    from: '2027-05-03T12:00:00Z',
    to: '2027-05-04T12:00:00Z',
    runs: ['2027-05-03T18:15:00Z'],
  },
  {
    title: 'midnight is left out in Santiago and runs after the gap',
    cron: '0 0 * * *',
    zone: 'America/Santiago',
    from: '2027-09-04T12:00:00Z',
    to: '2027-09-06T12:00:00Z',
    runs: ['2027-09-05T04:00:00Z', '2027-09-06T03:00:00Z'],
  },
  {
    title: 'the last day of the month',
    cron: '0 12 L * *',
    zone: 'UTC',
    from: '2028-01-01T00:00:00Z',
    to: '2028-05-01T00:00:00Z',
    runs: ['2028-01-31T12:00:00Z', '2028-02-29T12:00:00Z', '2028-03-31T12:00:00Z', '2028-04-30T12:00:00Z'],
  },
  {
    title: 'the 31st passes over shorter months',
    cron: '0 12 31 * *',
    zone: 'UTC',
    from: '2027-01-01T00:00:00Z',
    to: '2027-06-01T00:00:00Z',
    runs: ['2027-01-31T12:00:00Z', '2027-03-31T12:00:00Z', '2027-05-31T12:00:00Z'],
  },
  {
    title: 'the month ends in the zone of the job, not in UTC',
    cron: '0 23 L * *',
    zone: 'America/Los_Angeles',
    from: '2027-01-15T00:00:00Z',
    to: '2027-04-01T12:00:00Z',
    runs: ['2027-02-01T07:00:00Z', '2027-03-01T07:00:00Z', '2027-04-01T06:00:00Z'],
  },
  {
    title: 'day and weekday given together mean either, as in every cron',
    cron: '0 0 13 * 5',
    zone: 'UTC',
    from: '2027-08-10T00:00:00Z',
    to: '2027-08-21T00:00:00Z',
    runs: ['2027-08-13T00:00:00Z', '2027-08-20T00:00:00Z'],
  },
  {
    title: 'six fields begin with seconds',
    cron: '*/20 * * * * *',
    zone: 'UTC',
    from: '2027-01-01T00:00:00.5Z',
    to: '2027-01-01T00:01:00Z',
    runs: ['2027-01-01T00:00:20Z', '2027-01-01T00:00:40Z'],
  },
];

for (const { title, cron, zone, from, to, runs } of cases) {
  test(title, () => assert.deepEqual(runsBetween(cron, zone, from, to), runs));
}

test('a run is strictly after the instant that is given', () => {
  assert.equal(String(nextRun('0 7 * * *', 'UTC', instant('2027-01-01T07:00:00Z'))), '2027-01-02T07:00:00Z');
  assert.equal(String(nextRun('0 7 * * *', 'UTC', instant('2027-01-01T06:59:59.999999999Z'))), '2027-01-01T07:00:00Z');
});

test('after a move to Los Angeles the next morning there comes, when this day is done', () => {
  const doneWith = Temporal.PlainDate.from('2027-06-14').add({ days: 1 }).toZonedDateTime('America/Los_Angeles');
  const run = nextRun('0 7 * * *', 'America/Los_Angeles', doneWith.toInstant());
  assert.equal(String(run), '2027-06-15T14:00:00Z');
});

test('what is wrong is said in a sentence', () => {
  assert.equal(faultInSchedule('30 7 * * 1-5', 'Europe/Berlin'), undefined);
  assert.equal(faultInSchedule('0 0 29 2 *', 'UTC'), undefined);
  assert.match(
    faultInSchedule('60 7 * * *', 'UTC') ?? '',
    /^The cron expression “60 7 \* \* \*” cannot be read: .*60\./,
  );
  assert.match(faultInSchedule('0 0 30 2 *', 'UTC') ?? '', /names a day that never comes/);
  assert.equal(
    faultInSchedule('0 0 * * *', 'Europe/Berln'),
    'There is no time zone “Europe/Berln”. Give an IANA name such as Europe/Berlin.',
  );
  for (const cron of ['', '* * * *', '* * * * * * *', '? * * * *', '@reboot', '2027-01-01T00:00:00', 'a b c d e']) {
    assert.match(faultInSchedule(cron, 'UTC') ?? '', /cannot be read: .*such as 30 7 \* \* 1-5\.$/, cron);
    assert.throws(() => nextRun(cron, 'UTC', instant('2027-01-01T00:00:00Z')), ScheduleError);
  }
});

const down = { last: instant('2027-01-01T05:00:00Z'), now: instant('2027-01-03T06:20:00Z') };

test('after a stop: once, each, or none', () => {
  const missed = (late: 'run-once' | 'run-all' | 'skip') =>
    missedRuns('0 7 * * *', 'Europe/Berlin', down.last, down.now, late).map(String);
  assert.deepEqual(missed('run-once'), ['2027-01-03T06:00:00Z']);
  assert.deepEqual(missed('run-all'), ['2027-01-01T06:00:00Z', '2027-01-02T06:00:00Z', '2027-01-03T06:00:00Z']);
  assert.deepEqual(missed('skip'), []);
});

test('a run that is only just due is on time under every rule', () => {
  const now = instant('2027-01-03T06:00:00.4Z');
  for (const late of ['run-once', 'skip'] as const) {
    assert.deepEqual(missedRuns('0 7 * * *', 'Europe/Berlin', down.last, now, late).map(String), [
      '2027-01-03T06:00:00Z',
    ]);
  }
});

test('nothing is due before its time, nor twice, nor when the clock was put back', () => {
  const run = instant('2027-01-03T06:00:00Z');
  for (const late of ['run-once', 'run-all', 'skip'] as const) {
    assert.deepEqual(missedRuns('0 7 * * *', 'Europe/Berlin', run, run.add({ hours: 23 }), late), []);
    assert.deepEqual(missedRuns('0 7 * * *', 'Europe/Berlin', run, run.subtract({ hours: 30 }), late), []);
  }
});

test('a year of missed minutes gives the newest hundred', () => {
  const now = instant('2028-01-01T00:00:30Z');
  const runs = missedRuns('* * * * *', 'Europe/Berlin', now.subtract({ hours: 365 * 24 }), now, 'run-all');
  assert.equal(runs.length, 100);
  assert.equal(String(runs.at(-1)), '2028-01-01T00:00:00Z');
  assert.equal(String(runs[0]), '2027-12-31T22:21:00Z');
});

// From 2012: before that Samoa left out a whole day, which no rule about times of the day makes even.
const epoch2012 = 1_325_376_000;
const anInstant = fc
  .integer({ min: epoch2012, max: 2_145_916_800 })
  .map((s) => Temporal.Instant.fromEpochMilliseconds(s * 1000));
const aZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const aTime = fc.record({ hour: fc.nat(23), minute: fc.nat(59) });

test('in every zone a daily time runs once for each day of the calendar', () => {
  fc.assert(
    fc.property(anInstant, aZone, aTime, (start, zone, { hour, minute }) => {
      const first = start.toZonedDateTimeISO(zone).startOfDay();
      const end = first.add({ days: 20 }).startOfDay().toInstant();
      const days: string[] = [];
      let run = nextRun(`${minute} ${hour} * * *`, zone, first.toInstant().subtract({ nanoseconds: 1 }));
      while (run && Temporal.Instant.compare(run, end) < 0) {
        days.push(String(run.toZonedDateTimeISO(zone).toPlainDate()));
        run = nextRun(`${minute} ${hour} * * *`, zone, run);
      }
      assert.equal(days.length, 20);
      assert.equal(new Set(days).size, 20);
    }),
  );
});

test('in every zone each quarter of an hour is a quarter of an hour after the one before', () => {
  fc.assert(
    fc.property(anInstant, aZone, (start, zone) => {
      const runs = missedRuns('*/15 * * * *', zone, start, start.add({ hours: 20 }), 'run-all');
      assert.equal(runs.length, 80);
      for (const [index, run] of runs.entries()) {
        const before = runs[index - 1];
        if (before) assert.equal(run.since(before).total('minutes'), 15);
        assert.equal(run.toZonedDateTimeISO(zone).minute % 15, 0);
      }
    }),
  );
});

test('the next run is the same from any moment before it, and what was missed ends with it', () => {
  const cron = fc.constantFrom(
    '*/7 * * * *',
    '30 2 * * *',
    '0 9-17 * * 1-5',
    '15 */6 * * *',
    '0 0 L * *',
    '0 3 1 1,7 *',
  );
  fc.assert(
    fc.property(cron, aZone, anInstant, fc.double({ min: 0, max: 1, noNaN: true }), (expression, zone, start, part) => {
      const next = nextRun(expression, zone, start);
      assert.ok(next && Temporal.Instant.compare(next, start) > 0);
      const gap = next.epochMilliseconds - start.epochMilliseconds;
      const between = start.add({ milliseconds: Math.floor((gap - 1) * part) });
      assert.equal(String(nextRun(expression, zone, between)), String(next));
      assert.deepEqual(missedRuns(expression, zone, start, next, 'run-all').map(String), [String(next)]);
    }),
  );
});
