import { statement } from '@task-connect/sdk';

export type SettingRow = { key: string; value: unknown; changedAt: string; changedBy: string };

export const allSettings = statement<[], SettingRow>(
  'platform-setting.all',
  `select key, value, changed_at as "changedAt", changed_by as "changedBy" from platform_setting`,
);
export const saveSetting = statement<[key: string, value: string, at: string, by: string], never>(
  'platform-setting.save',
  `insert into platform_setting (key, value, changed_at, changed_by) values ($1, $2::jsonb, $3, $4)
   on conflict (key) do update
   set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
);
export const removeSetting = statement<[key: string], never>(
  'platform-setting.remove',
  'delete from platform_setting where key = $1',
);
