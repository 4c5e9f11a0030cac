import { ActionIcon, Menu } from '@mantine/core';
import { Icon } from '../kit/Icon.tsx';
import { translator } from '../words/t.ts';
import type { Column, Csv } from './DataTable.tsx';
import css from './data-table.module.css';
import { csvOf, download } from './download.ts';
import type { ColumnChoice } from './use-columns.ts';

const t = translator('console');

type ColumnsMenuProps<Row> = {
  named: boolean;
  columns: readonly Column<Row>[];
  choice: ColumnChoice<Row>;
  rows: readonly Row[];
  csv: Csv<Row> | undefined;
  onFailed(): void;
};

/** Which columns are shown, and the table as a file. */
export function ColumnsMenu<Row>({ named, columns, choice, rows, csv, onFailed }: ColumnsMenuProps<Row>) {
  const save = async () => {
    try {
      download(csv!.file, csvOf(choice.shown, (await csv!.rows?.()) ?? rows));
    } catch {
      onFailed();
    }
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className={css.columns!} size={24} aria-label={named ? t('Columns') : t('The table as a file')}>
          <Icon name={named ? 'adjustments-horizontal' : 'download'} size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={420}>
        {named && (
          <>
            <Menu.Label>{t('Columns')}</Menu.Label>
            {columns.slice(1).map((column) => (
              <Menu.CheckboxItem
                key={column.key}
                checked={choice.isShown(column)}
                onChange={(yes) => choice.show(column, yes)}
              >
                {column.title}
              </Menu.CheckboxItem>
            ))}
            {choice.reset && <Menu.Item onClick={choice.reset}>{t('As at first')}</Menu.Item>}
          </>
        )}
        {named && csv && <Menu.Divider />}
        {csv && (
          <Menu.Item leftSection={<Icon name="download" size={15} />} onClick={() => void save()}>
            {csv.rows ? t('All rows as CSV') : t('These rows as CSV')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
