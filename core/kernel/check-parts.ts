import { notificationRequestedType, type Plugin } from '@task-connect/sdk';
import { faultInSchedule } from '../jobs/schedule.ts';
import { housekeepingPlan } from './housekeeping.ts';

/** Whether a plugin does what its contract says, as far as no type can check it; throws a sentence about what it does not. */
export function checkParts(plugin: Plugin): void {
  checkJobs(plugin);
  checkRoutes(plugin);
  checkEvents(plugin);
  checkPromises(plugin);
}

const twice = (names: readonly string[]) => names.find((name, i) => names.indexOf(name) !== i);

function checkJobs({ parts: { jobs = [] } }: Plugin): void {
  for (const job of jobs) {
    const fault = faultInSchedule(job.cron, job.zone ?? 'UTC');
    if (fault) throw new Error(`Job ${job.name}: ${fault}`);
  }
  const name = twice([housekeepingPlan.name, ...jobs.map((job) => job.name)]);
  if (name === housekeepingPlan.name)
    throw new Error(`The platform has a job ${name} of its own. Call yours otherwise.`);
  if (name) throw new Error(`Two jobs are named ${name}.`);
}

function checkRoutes({ contract, parts }: Plugin): void {
  for (const { method, path, permission } of parts.routes ?? []) {
    if (!contract.paths.some((claimed) => path === claimed || path.startsWith(`${claimed}/`))) {
      throw new Error(
        `The route ${path} is outside of the paths that ${contract.id} claims: ${contract.paths.join(', ')}.`,
      );
    }
    if (permission !== null && permission !== 'signed-in' && !(permission in (contract.permissions ?? {})))
      throw new Error(`The route ${method} ${path} asks for ${permission}, which ${contract.id} does not declare.`);
  }
}

function checkEvents({ contract }: Plugin): void {
  for (const [type, spec] of Object.entries(contract.publishes ?? {})) {
    if (type === notificationRequestedType) throw new Error(`${type} is published by notify alone.`);
    if (!(spec.aggregate in spec.data.shape))
      throw new Error(`${type} names the aggregate ${spec.aggregate}, which its data does not have.`);
  }
}

/** What was promised and has nobody who does it would be found out by a call that fails, or by work that is never done. */
function checkPromises({ contract, parts }: Plugin): void {
  const services = (parts.services ?? []).map(({ name }) => name);
  for (const name of Object.keys(contract.offers ?? {}))
    if (!services.includes(name)) throw new Error(`It offers ${name} and has no service for it.`);
  const oneOffs = (parts.oneOffs ?? []).map(({ job }) => job);
  for (const job of Object.keys(contract.oneOffs ?? {}))
    if (!oneOffs.includes(job)) throw new Error(`It declares the one-off job ${job} and has nothing that does it.`);
}
