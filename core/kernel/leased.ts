import type { Contract, OpenContext } from '@task-connect/sdk';
import type { Lease } from '../jobs/runner.ts';

/** What a job is lent: once its run no longer counts, it begins no effect and commits none. */
export const leased = (context: OpenContext<Contract>, lease: Lease): OpenContext<Contract> => ({
  ...context,
  async unitOfWork(work) {
    await lease.confirm();
    return context.unitOfWork(async (inner) => {
      const result = await work(inner);
      await lease.confirm();
      return result;
    });
  },
  async outside(effect) {
    await lease.confirm();
    return context.outside(effect);
  },
});
