import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { root } from '../about.ts';
import { nodeEnvironment, nodeFlags } from '../node-flags.mjs';

// The end-to-end tests once more, with every platform as services behind a gateway. Left out are those about one process
// (its kill, its drain, what is in its memory), and those that reach for parts of one.

const files = [
  'plugins/tasks/task/task-routes.test.ts',
  'plugins/tasks/task/today-routes.test.ts',
  'plugins/tasks/project/project-routes.test.ts',
  'plugins/tasks/work-log/work-log-routes.test.ts',
  'plugins/tasks/statistics/statistics.test.ts',
  'plugins/tasks/reminder/reminder.test.ts',
  'plugins/tasks/events.test.ts',
  'plugins/tasks/bad-input.test.ts',
  'plugins/notifications/notification/notification-routes.test.ts',
  'plugins/notifications/delivery/delivery.test.ts',
  'core/e2e/isolation.test.ts',
  'core/e2e/kept-apart.test.ts',
  'core/e2e/bad-input.test.ts',
  'core/people/membership/membership-routes.test.ts',
  'core/people/person/me-routes.test.ts',
];

for (const file of files) {
  test(`as services: ${file}`, { timeout: 200_000 }, () => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { status, stdout } = spawnSync(process.execPath, [...nodeFlags, '--test', '--test-reporter=tap', file], {
      cwd: root,
      env: { ...nodeEnvironment, ...env, TEST_SHAPE: 'services' },
      encoding: 'utf8',
    });
    const passed = Number(/^# pass (\d+)/m.exec(stdout)?.[1] ?? 0);
    assert.ok(passed > 0 && status === 0, `${passed} passed\n${stdout.slice(-6000)}`);
  });
}
