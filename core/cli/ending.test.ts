import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { listenForEnding } from './ending.ts';

function aProcess() {
  const exits: number[] = [];
  const own = Object.assign(new EventEmitter(), { connected: true, exit: (code: number) => void exits.push(code) });
  const failures: unknown[] = [];
  let time = 0;
  const endings = listenForEnding(
    (error) => failures.push(error),
    own as never,
    () => time,
  );
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { own, exits, failures, endings, pass };
}

test('one Ctrl-C that comes three times is one, a second one does not wait', async () => {
  const { own, exits, endings, pass } = aProcess();
  for (let times = 0; times < 3; times += 1) own.emit('SIGINT');
  assert.equal((await endings.asked).reason, 'SIGINT');
  assert.deepEqual(exits, []);
  pass(600);
  own.emit('SIGINT');
  assert.deepEqual(exits, [130]);
});

test('whoever started it is gone: that asks for the end', async () => {
  const { own, endings } = aProcess();
  assert.equal(endings.now(), undefined);
  own.emit('disconnect');
  assert.equal((await endings.asked).byFault, false);
});

test('an error that nothing caught is told and ends it by fault', async () => {
  const { own, endings, failures } = aProcess();
  const error = new Error('torn');
  own.emit('unhandledRejection', error);
  assert.equal((await endings.asked).byFault, true);
  assert.deepEqual(failures, [error]);
});

test('nothing is listened to afterwards', () => {
  const { own, endings } = aProcess();
  assert.ok(own.eventNames().length >= 6);
  endings[Symbol.dispose]();
  assert.deepEqual(own.eventNames(), []);
});
