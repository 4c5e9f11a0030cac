import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedProject } from './change-project.ts';
import type { ProjectRow } from './project-table.ts';

const row: ProjectRow = {
  id: '0190a000-0000-7000-8000-000000000001',
  name: 'Winter harness',
  notes: 'For the show',
  parent_id: null,
  archived_at: null,
  created_by: '0190a000-0000-7000-8000-0000000000aa',
  created_at: '2026-11-25T10:00:00Z',
  updated_at: '2026-11-25T10:00:00Z',
  version: 1,
};
const at = Temporal.Instant.from('2026-11-26T10:00:00Z');

test('a change that changes nothing names nothing', () => {
  assert.deepEqual(changedProject(row, {}, at), { row, changed: [] });
  assert.deepEqual(changedProject(row, { name: row.name, archived: false, parent: null }, at), { row, changed: [] });
});

test('a project goes into the archive once', () => {
  const archived = changedProject(row, { archived: true }, at);
  assert.deepEqual(archived.changed, ['archived']);
  assert.equal(archived.row.archived_at, '2026-11-26T10:00:00Z');
  const later = changedProject(archived.row, { archived: true }, at.add({ hours: 1 }));
  assert.deepEqual(later, { row: archived.row, changed: [] });
});

test('null clears the notes and the parent', () => {
  const inside = { ...row, parent_id: '0190a000-0000-7000-8000-000000000002' };
  const { row: changed } = changedProject(inside, { notes: null, parent: null }, at);
  assert.deepEqual([changed.notes, changed.parent_id], ['', null]);
});
