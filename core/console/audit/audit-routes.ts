import { decodeCursor, instant, PageQuery, pageOf, type Route, toPage, z } from '@task-connect/sdk';
import { platform } from '../contract.ts';
import type { AuditLog } from './audit-table.ts';

const Entry = z.object({
  id: z.int(),
  at: z.string(),
  actor: z.string().nullable(),
  actorName: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
});

export function auditRoutes(given: () => { audit: AuditLog }): Route[] {
  return [
    platform.route({
      method: 'GET',
      path: '/platform/audit',
      summary: 'Who changed what, newest first',
      permission: 'platform:manage',
      query: PageQuery.extend({
        action: z.string().max(100).optional(),
        subject: z.string().max(200).optional(),
        actor: z.uuid().optional(),
        from: instant().optional(),
        to: instant().optional(),
      }),
      returns: pageOf(Entry),
      async handle({ query }) {
        const { limit, cursor, count, ...filter } = query;
        const [before] = decodeCursor(cursor, z.tuple([z.int()])) ?? [];
        const rows = await given().audit.list({ ...filter, before, limit: limit + 1 });
        const page = toPage(
          rows,
          limit,
          (row) => [row.id],
          (row) => row,
        );
        return count ? { ...page, total: await given().audit.count(filter) } : page;
      },
    }),
  ];
}
