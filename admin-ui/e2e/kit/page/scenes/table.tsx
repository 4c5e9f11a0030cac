import { Button, type Column, DataTable, Money, type Sort, setQuery, usePlace } from '@task-connect/console';
import { useMemo, useState } from 'react';

type Chair = { id: string; title: string; price: number; note: string };

const chairs: readonly Chair[] = Array.from({ length: 10_000 }, (_, index) => ({
  id: `c${index}`,
  title: `Chair ${index + 1}`,
  price: ((index * 7919) % 10_000) * 100,
  note: index === 1 ? '=HYPERLINK("http://x")' : index === 2 ? 'two, "quoted"' : 'oak',
}));

const columns: readonly Column<Chair>[] = [
  { key: 'title', title: 'Chair', cell: ({ title }) => title, sortable: true },
  { key: 'note', title: 'Note', cell: ({ note }) => note, hideBelow: 'tablet' },
  { key: 'id', title: 'Number', cell: ({ id }) => <code>{id}</code>, hidden: true },
  {
    key: 'price',
    title: 'Price',
    align: 'end',
    sortable: true,
    cell: ({ price }) => <Money amount={price} currency="EUR" />,
  },
];

/** A table of many rows with all that a table can have; `?rows=` says how many, `?plain` leaves it without keys. */
export function Scene() {
  const { query } = usePlace();
  const [sort, setSort] = useState<Sort>({ key: 'title', descending: false });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState('');
  const count = Number(query.get('rows') ?? 10_000);
  const rows = useMemo(() => {
    const some = chairs.slice(0, count);
    if (sort.key === 'price') some.sort((a, b) => a.price - b.price);
    return sort.descending ? some.reverse() : some;
  }, [sort, count]);
  const own = query.get('plain') === null;
  return (
    <>
      <h1>Chairs</h1>
      <p role="status">{query.get('open') ? `Open: ${query.get('open')}` : done}</p>
      <DataTable<Chair>
        label="Chairs"
        name="chairs"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        total={count}
        csv={{ file: 'chairs', rows: async () => chairs.slice(0, 4) }}
        {...(own && {
          onOpen: ({ id }) => setQuery({ open: id }),
          keys: { d: { title: 'Do it', run: ({ id }) => setDone(`Did: ${id}`) } },
          sort,
          onSort: setSort,
          actions: ({ id }) => <Button onClick={() => setDone(`Pressed: ${id}`)}>Do</Button>,
          selection: { keys: chosen, set: setChosen, actions: <Button>Sell</Button> },
        })}
      />
    </>
  );
}
