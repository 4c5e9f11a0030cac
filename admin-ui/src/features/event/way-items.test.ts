import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventWay } from './queries.ts';
import { wayItems } from './way-items.ts';

const at = (second: number) => `2027-03-01T08:00:${String(second).padStart(2, '0')}Z`;
const common = { plugin: 'tasks', queue: 'task-queue', nextAt: null, letterId: null, discardedBecause: null };
const way: EventWay = {
  ...{ id: 'e', type: 'task.created', subject: 't', organisation: 'o', publishedBy: 'tasks', publishedAt: at(1) },
  ...{ leftAt: at(1), actor: { id: 'p', name: 'Ines' }, traceId: null, data: null, related: [] },
  steps: [
    {
      ...{ ...common, handler: 'remind', state: 'dead', receivedAt: null, endedAt: at(9) },
      attempts: [
        { at: at(3), error: 'Nobody is there.' },
        { at: at(9), error: 'Nobody is there.' },
      ],
    },
    { ...common, handler: 'count', state: 'done', receivedAt: at(2), endedAt: at(2), attempts: [] },
  ],
};

test('a way is told in the order of time, each failed try and each end of it', () => {
  assert.deepEqual(
    wayItems(way).map(({ title, state }) => [title, state]),
    [
      ['tasks published it', undefined],
      ['It left the outbox of tasks', undefined],
      ['tasks took it for count', undefined],
      ['count is done', 'ok'],
      ['remind failed, try 1', 'warn'],
      ['remind failed, try 2', 'warn'],
      ['remind gave it up', 'bad'],
    ],
  );
});
