import { type Column, DataTable, Problem, useApiPages } from '@task-connect/console';

type Row = { id: string; title: string };
const columns: readonly Column<Row>[] = [{ key: 'title', title: 'Chair', cell: ({ title }) => title }];

/** A table that reads page by page. */
export function Scene() {
  const chairs = useApiPages<Row>('/api/rows');
  return (
    <>
      <h1>Chairs</h1>
      <Problem problem={chairs.problem} retry={chairs.refresh} />
      <DataTable<Row>
        label="Chairs"
        columns={columns}
        rows={chairs.data}
        rowKey={({ id }) => id}
        more={chairs.more}
        total={chairs.total}
      />
    </>
  );
}
