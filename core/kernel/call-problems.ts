import { declareProblem } from '@task-connect/sdk';

export const ServiceOff = declareProblem<{ service: string }>({
  type: 'service-off',
  status: 503,
  title: 'A service is off',
  detail: ({ service }) =>
    `The service ${service} is not offered now: the plugin that has it is off, or no process that serves it can be reached. See to that, then try again.`,
  headers: () => ({ 'Retry-After': '30' }),
});

export const ServiceTooSlow = declareProblem<{ service: string }>({
  type: 'service-too-slow',
  status: 503,
  title: 'A service did not answer in time',
  detail: ({ service }) => `The service ${service} did not answer in time. Try again in a while.`,
  headers: () => ({ 'Retry-After': '10' }),
});
