import { describeSettings, settingsTable } from '../../config/describe.ts';
import { hereCommand } from '../command.ts';
import { table } from '../table.ts';

export const config = hereCommand({
  name: 'config',
  usage: '',
  summary: 'Print the effective settings and where each comes from',
  details: 'Secrets are masked.',
  options: { markdown: { type: 'boolean', means: 'Print all settings there are, as a table for documents' } },
  run: async ({ options }, shell) => ({
    settings: options.markdown ? [] : describeSettings(shell.settings()),
  }),
  show: ({ settings }, { options }) =>
    options.markdown
      ? settingsTable().trimEnd()
      : table(
          ['Setting', 'Value', 'From'],
          settings.map(({ variable, value, source }) => [variable, value, source]),
        ),
});
