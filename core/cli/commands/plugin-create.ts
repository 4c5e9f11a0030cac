import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { platform } from '../../console/contract.ts';
import { people } from '../../people/contract.ts';
import { CommandFailed, hereCommand } from '../command.ts';
import { pluginNames } from '../plugin-names.ts';
import { filesOfPlugin } from '../plugin-template.ts';
import { root } from '../root.ts';

/** Names of databases that are there already. */
const reserved: readonly string[] = [platform.contract.id, people.contract.id, 'postgres', 'template0', 'template1'];

export const createPlugin = hereCommand({
  name: 'plugin create',
  usage: 'NAME',
  summary: 'Make the folder of a new plugin that runs',
  details:
    'It has a thing with two routes, an event and its handler, a screen, and tests that pass; docs/plugins.md goes on from\n' +
    'there. NAME is a plural, as in team-goals.',
  options: {
    folder: { type: 'string', takes: 'PATH', means: 'Where; plugins/ of the checkout when not given' },
    thing: { type: 'string', takes: 'WORD', means: 'What it is about, if that is not the singular of NAME' },
  },
  async run({ operands: [name], options }, { cwd }) {
    const usual = join(root, 'plugins');
    const parent = options.folder === undefined ? usual : resolve(cwd, options.folder);
    const folder = join(parent, name!);
    const names = pluginNames(name!, options.thing);
    if (reserved.includes(names.id))
      throw new CommandFailed(`${names.id} is a part of the platform. Choose another name.`);
    if (existsSync(folder)) throw new CommandFailed(`${folder} is there already. Choose another name, or remove it.`);
    const files = filesOfPlugin(names, {
      elsewhere: parent !== usual,
      today: Temporal.Now.plainDateISO().toString(),
    });
    // The manifest last: by it a running platform finds the plugin, which should be whole then.
    const paths = [...files.keys()].sort((a, b) => Number(a === 'package.json') - Number(b === 'package.json'));
    for (const path of paths) {
      if (path === 'package.json') tidy(folder);
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), files.get(path)!, { flag: 'wx' });
    }
    return { id: names.id, folder, files: paths.sort(), found: parent === usual };
  },
  show: ({ id, folder, files, found }, _given) =>
    [
      `${relative(process.cwd(), folder)} is made, ${files.length} files. Next:`,
      ...(found ? [] : [`  TC_PLUGIN_FOLDERS=${dirname(folder)}, so that it is found`]),
      `  npx task-connect plugin enable ${id}`,
      `  npm test -- ${found ? `plugins/${id}` : folder}`,
    ].join('\n'),
});

/** Other names make other lines too long and other imports first. Where the formatter is not installed, it can wait. */
function tidy(folder: string): void {
  const formatter = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  if (!existsSync(formatter)) return;
  const words = ['check', '--write', '--vcs-enabled=false', `--config-path=${root}`, folder];
  spawnSync(process.execPath, [formatter, ...words], { cwd: root, stdio: 'ignore' });
}
