import { declarePlugin, z } from '@task-connect/sdk';

// Stands in for bookings: everybody is in one from the full hour to half past.

const busy = declarePlugin({
  id: 'busy',
  title: 'Busy',
  paths: ['/busy'],
  offers: {
    'bookings.busy': {
      kind: 'query',
      input: z.object({ person: z.uuid(), at: z.string() }),
      output: z.object({ until: z.string().nullable() }),
    },
  },
});

const busyUntil = busy.service({
  name: 'bookings.busy',
  async handle({ at }) {
    const time = Temporal.Instant.from(at).toZonedDateTimeISO('UTC');
    const end = time.with({ minute: 30, second: 0 });
    return { until: time.minute < 30 ? end.toInstant().toString() : null };
  },
});

export default busy.plugin({ services: [busyUntil] });
