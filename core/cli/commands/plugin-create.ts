import { hereCommand } from '../command.ts';

export const createPlugin = hereCommand({
  name: 'plugin create',
  usage: 'NAME',
  summary: 'Make the folder of a new plugin that runs',
  options: {},
  run: async () => ({}),
  show: () => '',
});
