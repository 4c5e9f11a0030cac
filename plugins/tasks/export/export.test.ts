import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import Papa from 'papaparse';
import { aProject, aTask } from '../testing.ts';

const clock = manualClock('2027-03-10T12:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const fetchText = async (path: string) => {
  const response = await fetch(app.url + path, { headers: { authorization: `Bearer ${member.token}` } });
  return {
    status: response.status,
    headers: response.headers,
    text: Buffer.from(await response.arrayBuffer()).toString(),
  };
};

test('all tasks leave as CSV that computes nothing, and come back as they were', async () => {
  const project = (await member.post('/api/projects', aProject({ name: '@home' }))).body.id;
  const titles = ['=HYPERLINK("x")', '+1', '-2', '@cmd', 'a "quoted", one; two', 'Zeile', 'x'.repeat(300)];
  for (const title of titles)
    await member.post('/api/tasks', aTask({ title, notes: 'one\ntwo', project, due: { at: '2027-04-01T08:30:00Z' } }));
  for (let n = 0; n < 205; n += 1) await member.post('/api/tasks', aTask({ title: `n${n}` }));
  const { status, headers, text } = await fetchText('/api/tasks/export');
  assert.deepEqual(
    [status, headers.get('content-type'), headers.get('content-disposition')],
    [200, 'text/csv; charset=utf-8', 'attachment; filename="tasks.csv"'],
  );
  assert.ok(text.startsWith('\uFEFFid,title,'));
  const { data } = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true });
  assert.equal(data.length, 212);
  for (const row of data) for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  assert.deepEqual(
    [data[0]!['due date'], data[0]!['due time'], data[0]!.zone],
    ['2027-04-01', '10:30', 'Europe/Berlin'],
  );

  const other = app.as('stranger');
  const response = await fetch(`${app.url}/api/tasks/import?format=csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other.token}`, 'content-type': 'text/csv' },
    body: text,
  });
  const report = (await response.json()) as { tasksMade: number; faults: unknown[] };
  assert.deepEqual([report.tasksMade, report.faults], [212, []]);
  const back = (await other.get('/api/tasks?sort=created&limit=7')).body.items;
  assert.deepEqual(
    back.map((task: { title: string }) => task.title),
    titles,
  );
  assert.deepEqual(back[0].due, { at: '2027-04-01T08:30:00Z', zone: 'Europe/Berlin' });

  const json = JSON.parse((await fetchText(`/api/tasks/export?format=json&project=${project}`)).text);
  assert.deepEqual([json.tasks.length, json.tasks[0].projectName], [7, '@home']);
  const nothing = await fetchText('/api/tasks/export?format=json&project=0190a000-0000-7000-8000-00000000ffff');
  assert.deepEqual(JSON.parse(nothing.text), { tasks: [] });
});

test('time leaves rounded as the report has it, and the file names the unit', async () => {
  for (const minutes of [5, 5]) await member.post('/api/work-logs', { minutes, note: '=1' });
  const ask = async (query: string) =>
    JSON.parse((await fetchText(`/api/work-logs/export?format=json&from=2027-03-10&to=2027-03-10${query}`)).text);
  const sum = ({ entries }: { entries: { roundedSeconds: number }[] }) =>
    entries.reduce((all, { roundedSeconds }) => all + roundedSeconds / 60, 0);
  assert.deepEqual(
    [sum(await ask('&round=30&per=entry')), sum(await ask('&round=30&per=day')), sum(await ask(''))],
    [60, 30, 10],
  );
  assert.deepEqual((await ask('&round=30&per=day')).rounding, { minutes: 30, per: 'day' });
  const { text } = await fetchText('/api/work-logs/export?from=2027-03-10&to=2027-03-10&round=30&per=entry');
  assert.match(text, /minutes up to 30 per entry/);
  assert.match(text, /,"'=1",5,30\r\n/);
  assert.equal((await fetchText('/api/work-logs/export?from=2027-03-10&to=2027-03-09')).status, 422);
});
