import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layOut, toneOf, weightOf } from './map-layout.ts';
import type { EventMap } from './queries.ts';

const plugin = (id: string, on = true) => ({ id, title: id, hue: 'stone', icon: 'plug', on });
const depth = { waiting: 0, oldestSeconds: null, dead: 0, perMinute: 0 };
const map: EventMap = {
  plugins: [plugin('notes'), plugin('tasks'), plugin('quiet')],
  publishes: [
    { plugin: 'tasks', type: 'task.created', perMinute: 6 },
    { plugin: 'notes', type: 'note.written', perMinute: 1 },
    { plugin: 'quiet', type: 'nothing.said', perMinute: 0 },
  ],
  queues: [
    { queue: 'task-created-queue', plugin: 'tasks', types: ['task.created'], ...depth, dead: 2 },
    { queue: 'note-queue', plugin: 'notes', types: ['note.written'], ...depth, waiting: 3, oldestSeconds: 90 },
  ],
  handlers: [
    {
      plugin: 'tasks',
      type: 'task.created',
      queue: 'task-created-queue',
      handler: 'count',
      failedPerMinute: 0,
      ...depth,
    },
    {
      ...{ plugin: 'tasks', type: 'task.created', queue: 'task-created-queue', handler: 'remind', failedPerMinute: 0 },
      ...{ ...depth, dead: 2 },
    },
    { plugin: 'notes', type: 'note.written', queue: 'note-queue', handler: 'index', failedPerMinute: 0, ...depth },
  ],
};

test('every publisher that is heard, every queue and every handler has its place, and none lies on another', () => {
  const { publishers, queues, handlers, lines, height } = layOut(map);
  assert.deepEqual(
    publishers.map(({ key }) => key),
    ['notes', 'tasks'],
  );
  assert.deepEqual([queues.length, handlers.length, lines.length], [2, 3, 5]);
  for (const [boxes, least] of [
    [publishers, 46],
    [queues, 42],
    [handlers, 30],
  ] as const) {
    const places = boxes.map(({ y }) => y).sort((a, b) => a - b);
    for (const [index, y] of places.slice(1).entries()) assert.ok(y - places[index]! >= least);
    assert.ok(places.at(-1)! < height);
  }
});

test('a line is red where letters lie dead, and dashed where what waits stands', () => {
  const { lines } = layOut(map);
  const tone = (title: string) => lines.find((line) => line.title === title)?.tone;
  assert.equal(tone('tasks → task-created-queue'), 'dead');
  assert.equal(tone('task-created-queue → count'), 'quiet');
  assert.equal(tone('task-created-queue → remind'), 'dead');
  assert.equal(tone('notes → note-queue'), 'standing');
  assert.equal(toneOf({ dead: 0, waiting: 1, oldestSeconds: 2 }, false), 'standing');
  assert.equal(toneOf({ dead: 0, waiting: 1, oldestSeconds: 2 }, true), 'quiet');
});

test('a line grows with its rate and never fills the map', () => {
  assert.equal(weightOf(0), 1);
  assert.ok(weightOf(6) > weightOf(1));
  assert.equal(weightOf(1_000_000), 7);
});
