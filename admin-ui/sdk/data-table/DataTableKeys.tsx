import { useShortcut } from '../keys/shortcuts.ts';
import { translator } from '../words/t.ts';
import type { DataTableProps } from './DataTable.tsx';

const t = translator('console');

/** Names the keys of the rows in the list of keys; the row that has the focus does what they say. */
export function DataTableKeys<Row>({ to, onOpen, selection, keys = {} }: DataTableProps<Row>) {
  const opens = to !== undefined || onOpen !== undefined;
  return (
    <>
      {(opens || selection) && <KeyOfRow keys="j" title={t('Next row')} run={focusFirstRow} />}
      {(opens || selection) && <KeyOfRow keys="k" title={t('Row before')} />}
      {opens && <KeyOfRow keys="Enter" title={t('Open the row')} />}
      {selection && <KeyOfRow keys="x" title={t('Choose the row')} />}
      {Object.entries(keys).map(([key, { title }]) => (
        <KeyOfRow key={key} keys={key === ' ' ? 'Space' : key} title={title} />
      ))}
    </>
  );
}

// From anywhere else J goes to the first row; from there on the rows listen themselves.
const focusFirstRow = () => document.querySelector<HTMLElement>('main tbody tr[tabindex]')?.focus();

function KeyOfRow({ keys, title, run }: { keys: string; title: string; run?: () => void }) {
  useShortcut({ keys, title, ...(run && { run }) });
  return null;
}
