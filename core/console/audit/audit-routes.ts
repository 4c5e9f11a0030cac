import { type Clock, decodeCursor, PageQuery, pageOf, type Route, toPage, z } from '@task-connect/sdk';
import { platform } from '../contract.ts';
import { AuditEntryShape, auditFilter } from './audit-entry.ts';
import { auditExport } from './audit-export.ts';
import type { AuditFilter, AuditLog, AuditRow } from './audit-table.ts';

type Needs = { audit: AuditLog; clock: Clock };

const withoutUndefined = (filter: { [K in keyof AuditFilter]: AuditFilter[K] | undefined }) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter;

async function pageOfLog(audit: AuditLog, given: z.infer<typeof PageQuery>, filter: AuditFilter) {
  const [before] = decodeCursor(given.cursor, z.tuple([z.int()])) ?? [];
  const rows = await audit.list({ ...filter, ...(before !== undefined && { before }), limit: given.limit + 1 });
  const page = toPage(
    rows,
    given.limit,
    (row) => [row.id],
    (row) => row,
  );
  return given.count ? { ...page, total: await audit.count(filter) } : page;
}

/** Where somebody else sat when they did it is not shown to whom it was done to. */
const asSeenBy = (person: string, row: AuditRow): AuditRow =>
  row.actor === person ? row : { ...row, address: null, requestId: null };

export function auditRoutes(given: () => Needs): Route[] {
  return [
    platform.route({
      method: 'GET',
      path: '/platform/audit',
      summary: 'Who changed what, newest first',
      permission: 'platform:manage',
      query: PageQuery.extend(auditFilter),
      returns: pageOf(AuditEntryShape),
      handle: async ({ query: { limit, cursor, count, ...filter } }) =>
        pageOfLog(given().audit, { limit, cursor, count }, withoutUndefined(filter)),
    }),
    platform.route({
      method: 'GET',
      path: '/platform/audit/actions',
      summary: 'All actions that the audit log names, to filter by',
      permission: 'platform:manage',
      returns: z.object({ items: z.array(z.string()) }),
      handle: async () => ({ items: await given().audit.actions() }),
    }),
    platform.stream({
      path: '/platform/audit/export',
      summary: 'The audit log as a file: CSV for spreadsheets, or a JSON object in each line',
      permission: 'platform:manage',
      query: z.strictObject({ ...auditFilter, format: z.enum(['csv', 'jsonl']).default('csv') }),
      async handle({ query: { format, ...filter }, actor, address, requestId }) {
        const { audit, clock } = given();
        const wanted = withoutUndefined(filter);
        // Before the first line leaves: who takes all of it away is to be known.
        const change = { action: 'audit.exported', subject: format, after: wanted };
        await audit.add({ actor, address, requestId }, change);
        const day = clock.now().toZonedDateTimeISO(actor.zone).toPlainDate();
        return {
          headers: {
            'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8',
            'Content-Disposition': `attachment; filename="audit-${day}.${format}"`,
          },
          body: auditExport(audit, wanted, format),
        };
      },
    }),
    platform.route({
      method: 'GET',
      path: '/console/history',
      summary: 'What one has changed, and what was changed of one’s account and memberships',
      permission: 'account:history',
      query: PageQuery.omit({ count: true }),
      returns: pageOf(AuditEntryShape),
      async handle({ query, actor }) {
        const page = await pageOfLog(given().audit, { ...query, count: false }, { about: actor.person });
        return { ...page, items: page.items.map((row) => asSeenBy(actor.person, row)) };
      },
    }),
  ];
}
