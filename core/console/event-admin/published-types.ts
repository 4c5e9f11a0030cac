import { type Contract, notificationRequestedType } from '@task-connect/sdk';

/** The types of events that a plugin publishes; who declares notifications publishes their requests. */
export const publishedTypes = (contract: Contract): string[] => [
  ...Object.keys(contract.publishes ?? {}),
  ...(Object.keys(contract.notifies ?? {}).length > 0 ? [notificationRequestedType] : []),
];
