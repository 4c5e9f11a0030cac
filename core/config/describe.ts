import type { LoadedSettings } from './load.ts';
import { fileVariableOf, type SettingKey, settingFacts, settingKeys, variableOf } from './settings.ts';

export type SettingRow = {
  key: SettingKey;
  variable: string;
  value: string;
  source: string;
  description: string;
};

const words = (value: unknown): string =>
  value === undefined ? '' : Array.isArray(value) ? value.join(',') : String(value).replace(/(:\/\/)[^/?#]*@/, '$1…@');

// Text for a cell of Markdown, where < begins a tag and | ends the cell.
const plain = (text: string) => text.replaceAll('<', '&lt;').replaceAll('|', '\\|');

/** A setting’s value for a person: null when it has none; a secret shows only that it is there. */
export const shownSetting = (value: unknown, secret: boolean): string | null =>
  value === undefined ? null : secret ? '********' : words(value) || null;

/** The effective settings, for `task-connect config`. A secret shows only whether it is there. */
export const describeSettings = ({ settings, sources }: LoadedSettings): SettingRow[] =>
  settingKeys.map((key) => {
    const { secret, description } = settingFacts(key);
    const value = settings[key];
    return {
      key,
      variable: variableOf(key),
      value: secret && value !== undefined ? '********' : words(value),
      source: sources[key],
      description,
    };
  });

/** The table of settings in the README. */
export function settingsTable(): string {
  const rows = settingKeys.map((key) => {
    const { takes, description, default: standard } = settingFacts(key);
    const value = words(standard);
    const byFile = fileVariableOf(key);
    const variable = `\`${variableOf(key)}\`${byFile ? ` or \`${byFile}\`` : ''}`;
    const cells = [variable, value ? `\`${value}\`` : '', plain(takes), plain(description)];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| Variable | Default | Takes | Meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}
