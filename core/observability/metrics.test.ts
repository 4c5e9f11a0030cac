import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeMetrics } from './metrics.ts';

const make = () => makeMetrics({ process: 'without-process' });
const linesOf = async (metrics: ReturnType<typeof make>) => (await metrics.render()).body.split('\n');

test('a request is counted and timed under its plugin, method, route and status', async () => {
  const metrics = make();
  for (let i = 0; i < 3; i++) {
    metrics.requestDone({ plugin: 'tasks', method: 'GET', route: '/tasks/:taskId', status: 200, seconds: 0.004 });
  }
  metrics.requestDone({ plugin: 'tasks', method: 'BREW', route: '/tasks', status: 405, seconds: 0.1 });
  for (let reading = 0; reading < 2; reading++) {
    const lines = await linesOf(metrics);
    const labels = 'plugin="tasks",method="GET",route="/tasks/:taskId",status="200"';
    assert.ok(lines.includes(`http_requests_total{${labels}} 3`), lines.join('\n'));
    assert.ok(lines.includes(`http_request_duration_seconds_bucket{le="0.005",${labels}} 3`));
    assert.ok(lines.includes('http_requests_total{plugin="tasks",method="OTHER",route="/tasks",status="405"} 1'));
  }
});

test('events and jobs are counted by outcome', async () => {
  const metrics = make();
  metrics.eventPublished('tasks', 'task.created');
  metrics.eventHandled('tasks', 'task-created-queue', 0.01);
  metrics.eventFailed('tasks', 'task-created-queue');
  metrics.eventFailed('tasks', 'task-created-queue');
  metrics.eventDead('tasks', 'task-created-queue');
  metrics.jobDone({ plugin: 'tasks', job: 'send', outcome: 'failed', seconds: 1 });
  const lines = await linesOf(metrics);
  for (const line of [
    'events_published_total{plugin="tasks",type="task.created"} 1',
    'events_handled_total{plugin="tasks",queue="task-created-queue"} 1',
    'events_failed_total{plugin="tasks",queue="task-created-queue"} 2',
    'events_dead_total{plugin="tasks",queue="task-created-queue"} 1',
    'jobs_total{plugin="tasks",job="send",outcome="failed"} 1',
    'event_delay_seconds_count{plugin="tasks",queue="task-created-queue"} 1',
  ]) {
    assert.ok(lines.includes(line), line);
  }
});

test('pools and queues are read when asked, once each, and no longer after disposal', async () => {
  const metrics = make();
  let readings = 0;
  const pools = metrics.watchPools(() => [{ database: 'tasks', busy: 2, idle: 1, waiting: 0 }]);
  const queues = metrics.watchQueues(async () => {
    readings++;
    return [{ plugin: 'tasks', queue: 'q', waiting: 7, dead: 1, oldestSeconds: 3.5 }];
  });
  const lines = await linesOf(metrics);
  assert.ok(lines.includes('pool_connections{database="tasks",state="busy"} 2'));
  assert.ok(lines.includes('queue_waiting{plugin="tasks",queue="q"} 7'));
  assert.ok(lines.includes('queue_oldest_seconds{plugin="tasks",queue="q"} 3.5'));
  assert.equal(readings, 1);
  pools[Symbol.dispose]();
  queues[Symbol.dispose]();
  assert.doesNotMatch((await metrics.render()).body, /database="tasks"|queue="q"/);
});

test('a queue that cannot be read takes no other number with it', async () => {
  const metrics = make();
  metrics.eventPublished('tasks', 'task.created');
  metrics.watchQueues(() => Promise.reject(new Error('the database is away')));
  assert.match((await metrics.render()).body, /^events_published_total\{.*\} 1$/m);
});

test('the process itself is measured on demand, and two sets do not meet', async () => {
  const whole = await makeMetrics({ process: 'with-process' }).render();
  assert.match(whole.body, /^process_resident_memory_bytes \d+/m);
  assert.match(whole.contentType, /^text\/plain/);
  assert.doesNotMatch((await make().render()).body, /^process_/m);
});
