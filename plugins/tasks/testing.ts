import type { z } from 'zod';
import type { NewProject } from './project/project.ts';
import type { NewTask } from './task/task.ts';
import type { TaskRow } from './task/task-table.ts';

// Makers for tests: they fill what is not given.

/** The body of a request that adds a task. */
export const aTask = (given: Partial<z.input<typeof NewTask>> = {}): z.input<typeof NewTask> => ({
  title: 'Cut webbing',
  ...given,
});

/** The body of a request that adds a project. */
export const aProject = (given: Partial<z.input<typeof NewProject>> = {}): z.input<typeof NewProject> => ({
  name: 'Winter harness',
  ...given,
});

/** A task as it is kept: open, without dates. */
export const aTaskRow = (given: Partial<TaskRow> = {}): TaskRow => ({
  id: '0190a000-0000-7000-8000-000000000001',
  title: 'Cut webbing',
  notes: '',
  status: 'open',
  priority: 0,
  due_on: null,
  due_at: null,
  due_zone: null,
  start_on: null,
  start_at: null,
  start_zone: null,
  labels: [],
  assignee_id: null,
  estimate_minutes: null,
  project_id: null,
  parent_id: null,
  remind_before_minutes: null,
  created_by: '0190a000-0000-7000-8000-0000000000aa',
  created_at: '2026-11-25T10:00:00Z',
  created_on: '2026-11-25',
  updated_at: '2026-11-25T10:00:00Z',
  completed_at: null,
  completed_on: null,
  completed_by: null,
  repeat_rule: null,
  repeat_from: null,
  series_on: null,
  series_time: null,
  series_zone: null,
  series_id: null,
  slot_on: null,
  checklist: [],
  reminders: null,
  position: null,
  import_key: null,
  version: 1,
  ...given,
});
