import {
  Capture,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  Page,
  Problem,
  usePermission,
} from '@task-connect/console';
import { type FieldNote, useAddFieldNote, useFieldNotes, useOwnCount } from './queries.ts';
import { t } from './t.ts';

const columns: readonly Column<FieldNote>[] = [
  { key: 'text', title: t('Field note'), cell: ({ text }) => text },
  { key: 'addedAt', title: t('Added'), align: 'end', cell: ({ addedAt }) => <DateTime at={addedAt} /> },
];

/** All field notes, the newest first; it grows while one looks at it. */
export function FieldNoteList() {
  const list = useFieldNotes();
  const own = useOwnCount();
  const add = useAddFieldNote();
  const mayAdd = usePermission('field-notes:write');
  return (
    <Page
      title={t('Field notes')}
      summary={
        own !== undefined && t({ one: 'One of them is yours.', other: '{count} of them are yours.' }, { count: own })
      }
    >
      {mayAdd && (
        <Capture
          label={t('Add a field note')}
          example={t('a heron stands at the weir')}
          onAdd={async (text) => (await add.run({ text })) !== undefined}
        />
      )}
      <Problem problem={add.problem ?? list.problem} retry={list.refresh} />
      <DataTable
        label={t('Field notes')}
        columns={columns}
        rows={list.data}
        rowKey={({ id }) => id}
        more={list.more}
        empty={
          <EmptyState icon="puzzle" title={t('Nothing yet')}>
            {t('Write the first line above; everybody in the organisation sees it at once.')}
          </EmptyState>
        }
      />
    </Page>
  );
}
