import type { EventOf, Plugin } from '@task-connect/sdk';
import type { BoundHandler } from '../events/consumer.ts';
import type { Envelope } from '../events/envelope.ts';
import type { OneOffHandler } from '../events/one-offs.ts';
import { Hopeless } from '../events/retry.ts';
import { queueOf } from './queues.ts';
import type { Workplace } from './workplace.ts';

// What a plugin declares for events and for work at a time, made ready for those who carry it: read with the plugin's
// own schema, done in the organisation and for the person that it came from.

export function boundHandlers({ contract, parts }: Plugin, place: Workplace): BoundHandler[] {
  const scopeOf = (envelope: Envelope) =>
    place.ownScope({
      organisation: envelope.organisation,
      person: envelope.onbehalfof ?? envelope.actor ?? undefined,
      traceparent: envelope.traceparent,
      requestId: envelope.id,
    });

  return (parts.handlers ?? []).map((handler): BoundHandler => {
    const { event, name } = handler;
    const spec = contract.handles![event]!;
    const common = { name, event, version: spec.version, queue: queueOf(contract, event) };
    const toEvent = (envelope: Envelope, afterGap: boolean): EventOf<unknown> => {
      const parsed = spec.data.safeParse(envelope.data);
      if (!parsed.success) throw new Hopeless(`${event} does not hold what ${name} reads: ${parsed.error.message}`);
      const { id, type, source, organisation, actor, subject } = envelope;
      const [time, sequence] = [Temporal.Instant.from(envelope.time), Number(envelope.sequence)];
      return { id, type, source, time, organisation, actor, subject, sequence, afterGap, data: parsed.data };
    };
    const handle = (envelope: Envelope, afterGap: boolean) => (context: unknown) =>
      handler.handle(toEvent(envelope, afterGap) as never, context as never);
    if (handler.outside) {
      const run = (envelope: Envelope, afterGap: boolean) => place.open(scopeOf(envelope), handle(envelope, afterGap));
      return { ...common, outside: true, run };
    }
    return {
      ...common,
      outside: false,
      run: (envelope, afterGap, tx) => place.within(tx, scopeOf(envelope), handle(envelope, afterGap)),
    };
  });
}

export function boundOneOffs({ contract, parts }: Plugin, place: Workplace): Map<string, OneOffHandler> {
  return new Map(
    (parts.oneOffs ?? []).map(({ job, handle }) => [
      job,
      (row, tx) => {
        const scope = place.ownScope({
          organisation: row.organisation,
          person: row.actor ?? undefined,
          traceparent: row.traceparent,
          requestId: `one-off:${job}:${row.key}`,
        });
        const data = contract.oneOffs![job]!.data.parse(row.data);
        const entry = { key: row.key, at: Temporal.Instant.from(row.at), data };
        return place.within(tx, scope, (context) => handle(entry as never, context as never));
      },
    ]),
  );
}
