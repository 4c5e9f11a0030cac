import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import ICAL from 'ical.js';
import { aTask } from '../testing.ts';

const clock = manualClock('2027-03-10T12:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');
const open = async (client = member): Promise<string> => {
  const { status, body } = await client.post('/api/task-feeds');
  assert.equal(status, 201);
  return app.url + new URL(body.address).pathname;
};
const read = async (address: string) => {
  const response = await fetch(address);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};
function eventsOf(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((event) => ({
    title: event.getFirstPropertyValue('summary'),
    starts: String(event.getFirstPropertyValue('dtstart')),
    uid: event.getFirstPropertyValue('uid'),
  }));
}

test('a calendar program reads at a secret address what its person has to do, and nothing of others', async () => {
  const title = 'Umlaut ü; comma, \\ and “quotes”';
  const { id } = (await member.post('/api/tasks', aTask({ title, notes: 'a\nb', due: { date: '2027-03-12' } }))).body;
  await member.post('/api/tasks', aTask({ title: 'timed', due: { at: '2027-03-12T09:00:00Z' } }));
  await member.post(
    '/api/tasks',
    aTask({ title: 'of the manager', due: { date: '2027-03-12' }, assignee: manager.person }),
  );
  await member.post('/api/tasks', aTask({ title: 'done', status: 'done', due: { date: '2027-03-12' } }));
  await member.post(`/api/tasks/${id}/planned-blocks`, {
    startsAt: '2027-03-11T09:00:00Z',
    endsAt: '2027-03-11T10:00:00Z',
  });
  assert.deepEqual((await member.get('/api/task-feeds')).body, { since: null });
  const address = await open();
  const { status, type, text } = await read(address);
  assert.deepEqual([status, type], [200, 'text/calendar; charset=utf-8']);
  assert.deepEqual(
    eventsOf(text).map(({ title, starts }) => [title, starts]),
    [
      [title, '2027-03-12'],
      ['timed', '2027-03-12T09:00:00Z'],
      [title, '2027-03-11T09:00:00Z'],
    ],
  );
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 76, line);
  assert.deepEqual(
    eventsOf((await read(await open(manager))).text).map(({ title }) => title),
    ['of the manager'],
  );
});

test('what repeats is there with its next dates, on the wall of its zone', async () => {
  const client = await app.person('member');
  await client.post('/api/tasks', {
    title: 'weekly',
    due: { at: '2027-03-22T08:00:00Z', zone: 'Europe/Berlin' },
    recurrence: { rule: 'FREQ=WEEKLY;COUNT=3' },
  });
  const events = eventsOf((await read(await open(client))).text);
  assert.deepEqual(
    events.map(({ starts }) => starts),
    ['2027-03-22T08:00:00Z', '2027-03-29T07:00:00Z', '2027-04-05T07:00:00Z'],
  );
  assert.equal(new Set(events.map(({ uid }) => uid)).size, 3);
});

test('an address that was replaced, revoked or guessed leads nowhere', async () => {
  const first = await open();
  const second = await open();
  assert.deepEqual([(await read(first)).status, (await read(second)).status], [404, 200]);
  assert.equal((await member.delete('/api/task-feeds')).status, 204);
  assert.equal((await read(second)).status, 404);
  assert.equal((await read(second.replace(/[\w-]{10}\/tasks/, 'AAAAAAAAAA/tasks'))).status, 404);
  assert.deepEqual((await member.get('/api/task-feeds')).body, { since: null });
});
