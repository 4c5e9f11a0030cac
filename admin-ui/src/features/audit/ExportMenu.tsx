import { Button, Icon, Menu } from '@task-connect/console';
import { addressOf } from '@task-connect/console/shell';
import { t } from '../../t.ts';
import type { AuditFilter } from './queries.ts';

const addressFor = (filter: AuditFilter, format: string): string => {
  const given = Object.entries(filter).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `${addressOf('/api/platform/audit/export')}?${new URLSearchParams([...given, ['format', format]])}`;
};

/** What is shown, as a file. That it was taken stands in the log, too. */
export function ExportMenu({ filter }: { filter: AuditFilter }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<Icon name="download" size={15} />}>{t('Export')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={addressFor(filter, 'csv')} download>
          {t('CSV, for spreadsheets')}
        </Menu.Item>
        <Menu.Item component="a" href={addressFor(filter, 'jsonl')} download>
          {t('JSON lines, for programs')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
