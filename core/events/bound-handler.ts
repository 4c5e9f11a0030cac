import type { OwnedTx } from '../database/unit-of-work.ts';
import type { Envelope } from './envelope.ts';
import { Hopeless } from './retry.ts';

/** A plugin’s work on one event, ready to be called. */
export type BoundHandler = { name: string; event: string; version: number; queue: string } & (
  | { outside: false; run(envelope: Envelope, afterGap: boolean, tx: OwnedTx): Promise<void> }
  | { outside: true; run(envelope: Envelope, afterGap: boolean): Promise<void> }
);

/** Of which event, by which queue, to whom: what is counted is counted for each of these. */
export type Delivery = { type: string; queue: string; handler: string };

export type ConsumerEvents = {
  /** `seconds` is from the publishing to the commit of the handler. */
  handled(delivery: Delivery, seconds: number): void;
  failed(delivery: Delivery): void;
  died(delivery: Delivery): void;
};

/** An event of a version that this plugin does not read yet. */
export class UnknownVersion extends Hopeless {
  override name = 'UnknownVersion';
  constructor(envelope: Envelope, known: number) {
    super(
      `${envelope.type} has version ${envelope.dataversion}; this plugin reads up to ${known}. It waits for a newer version of the plugin.`,
    );
  }
}
