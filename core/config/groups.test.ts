import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeableKeys, settingGroups } from './groups.ts';
import { settingFacts, settingKeys } from './settings.ts';

test('every setting stands in one group', () => {
  assert.deepEqual(settingGroups.flatMap(({ keys }) => keys).toSorted(), settingKeys.toSorted());
});

test('no secret can be changed at run time', () => {
  assert.ok(changeableKeys.length > 3);
  assert.deepEqual(
    changeableKeys.filter((key) => settingFacts(key).secret),
    [],
  );
});
