import { type ReactNode, useRef, useState } from 'react';
import { Notice } from '../kit/Notice.tsx';
import { translator } from '../words/t.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import type { DataTableProps } from './DataTable.tsx';
import { DataTableFoot } from './DataTableFoot.tsx';
import { DataTableHead, DataTableWidths } from './DataTableHead.tsx';
import { DataTableKeys } from './DataTableKeys.tsx';
import { DataTableRow } from './DataTableRow.tsx';
import css from './data-table.module.css';
import { useColumns } from './use-columns.ts';
import { useDrawnRows } from './use-drawn-rows.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useTableWidth } from './use-table-width.ts';

const t = translator('console');

type LoadedTableProps<Row> = DataTableProps<Row> & { rows: readonly Row[] };

/** A table that has its first rows. */
export function LoadedTable<Row>({ columns: all, ...given }: LoadedTableProps<Row>) {
  const { name, rows, rowKey, csv, selection, more, total } = given;
  const choice = useColumns(name, all);
  const body = useRef<HTMLTableSectionElement>(null);
  const [csvFailed, setCsvFailed] = useState(false);
  const props = { ...given, columns: choice.shown };
  const keys = useRowKeys(props, body);
  const drawn = useDrawnRows({ rows, rowKey, body, active: keys.active });
  const { frame, isWide, widths } = useTableWidth(drawn.virtual, choice.shown, body);
  const menu = (name || csv) && (
    <ColumnsMenu
      named={name !== undefined}
      columns={all}
      choice={choice}
      rows={rows}
      csv={csv}
      onFailed={() => setCsvFailed(true)}
    />
  );
  const span = choice.shown.length + (selection ? 1 : 0) + (props.actions || menu ? 1 : 0);
  const gap = (height: number, key: string) =>
    height > 0 && (
      // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row with nothing in it takes no focus
      <tr key={key} aria-hidden="true" className={css.gap}>
        <td colSpan={span} style={{ height }} />
      </tr>
    );
  return (
    <div className={selection || props.onOpen ? css.bleed : undefined}>
      <DataTableKeys {...props} />
      <div ref={frame} className={css.scroll} data-wide={isWide || undefined}>
        <table
          className={props.quiet ? `${css.table} ${css.quiet}` : css.table}
          aria-label={props.label}
          data-fixed={widths !== undefined || undefined}
          {...(drawn.virtual || more ? { 'aria-rowcount': total ? total + 1 : more ? -1 : rows.length + 1 } : {})}
        >
          <DataTableWidths {...props} widths={widths} menu={menu} />
          <DataTableHead {...props} menu={menu} />
          <tbody ref={body} onKeyDown={keys.press}>
            {drawn.items.map(({ index, gapBefore }) => (
              <DrawnRow key={rowKey(rows[index]!)} gap={gap(gapBefore, 'gap')}>
                <DataTableRow
                  {...props}
                  row={rows[index]!}
                  index={index}
                  isActive={index === keys.active || (keys.active === undefined && index === 0)}
                  keysOf={keys}
                  measure={drawn.measure}
                  menu={menu}
                />
              </DrawnRow>
            ))}
            {gap(drawn.gapAfter, 'end')}
          </tbody>
        </table>
      </div>
      {csvFailed && (
        <Notice kind="bad" title={t('The rows could not all be read, so there is no file.')}>
          <p>{t('Try it again in a moment.')}</p>
        </Notice>
      )}
      <DataTableFoot more={more} total={total} shown={rows.length} chosen={selection?.keys.size} />
    </div>
  );
}

const DrawnRow = ({ gap, children }: { gap: ReactNode; children: ReactNode }) => (
  <>
    {gap}
    {children}
  </>
);
