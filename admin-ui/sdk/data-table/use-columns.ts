import { usePreference } from '../person/preference.ts';
import type { Column } from './DataTable.tsx';

type Choices = Readonly<Record<string, boolean>>;

export type ColumnChoice<Row> = {
  shown: readonly Column<Row>[];
  isShown(column: Column<Row>): boolean;
  show(column: Column<Row>, yes: boolean): void;
  /** Back to what the screen shows at first; undefined where nothing was chosen. */
  reset: (() => void) | undefined;
};

/** Which columns this person wants to see of the table with this name. */
export function useColumns<Row>(name: string | undefined, columns: readonly Column<Row>[]): ColumnChoice<Row> {
  const [chosen, choose] = usePreference<Choices>(`table.${name ?? ''}`, {});
  const choices = name === undefined ? {} : chosen;
  // The first column is what the row is.
  const isShown = (column: Column<Row>) => column === columns[0] || (choices[column.key] ?? column.hidden !== true);
  return {
    shown: columns.filter(isShown),
    isShown,
    show(column, yes) {
      const { [column.key]: _, ...others } = choices;
      const next = yes === (column.hidden !== true) ? others : { ...others, [column.key]: yes };
      choose(Object.keys(next).length > 0 ? next : null);
    },
    reset: Object.keys(choices).length > 0 ? () => choose(null) : undefined,
  };
}
