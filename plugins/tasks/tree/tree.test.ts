import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import { aProject, aTask } from '../testing.ts';
import { deepest } from './tree-table.ts';

const app = await makeTestPlatform({ plugins: ['tasks'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

for (const [things, body] of [
  ['tasks', aTask],
  ['projects', aProject],
] as const) {
  const add = async (parent: string | null = null): Promise<string> => {
    const answer = await member.post(`/api/${things}`, { ...body(), parent });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body.id;
  };
  const move = (id: string, parent: string | null) => member.patch(`/api/${things}/${id}`, { parent });
  const chain = async (length: number) => {
    const ids = [await add()];
    while (ids.length < length) ids.push(await add(ids.at(-1)!));
    return ids;
  };

  test(`${things} do not hang below themselves, nor below what hangs below them`, async () => {
    const [top, middle, leaf] = (await chain(3)) as [string, string, string];
    for (const parent of [top, middle, leaf]) assert.equal((await move(top, parent)).status, 422);
    assert.equal((await move(leaf, null)).status, 200);
    assert.equal((await move(top, leaf)).status, 200);
  });

  test(`two moves of ${things} at once that make a cycle together do not both happen`, async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await add(), await add()];
      const answers = await Promise.all([move(one, other), move(other, one)]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
    }
  });

  test(`a tree of ${things} has at most ${deepest} levels, counted with what hangs below the moved`, async () => {
    const long = await chain(deepest);
    assert.equal((await member.post(`/api/${things}`, { ...body(), parent: long.at(-1)! })).status, 422);
    const short = await chain(3);
    assert.equal((await move(short[0]!, long[deepest - 3]!)).status, 422);
    assert.equal((await move(short[0]!, long[deepest - 4]!)).status, 200);
  });
}
