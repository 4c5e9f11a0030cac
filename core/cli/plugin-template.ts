import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { UsageError } from './command.ts';
import type { PluginNames } from './plugin-names.ts';

// The plugin in template/ is a whole one, “field notes”, that is typed, formatted and tested like any other; a new plugin
// is that one under other names.

const folder = fileURLToPath(new URL('./template/', import.meta.url));

/** The files of a new plugin, by path. `elsewhere`: it will not lie in plugins/, so its test must say where. */
export function filesOfPlugin(names: PluginNames, place: { elsewhere: boolean; today: string }): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8');
    if (/\.tsx?$/.test(path)) refuseClashes(text, names);
    const placed = place.elsewhere
      ? text.replaceAll(' // elsewhere', '')
      : text.replaceAll(/^.* \/\/ elsewhere\n/gm, '');
    files.set(names.fill(relative(folder, path)).replace(/\d{4}-\d\d-\d\d/, place.today), names.fill(placed));
  }
  return files;
}

/** Two names of a file that become one, or a name that becomes a word of the language, would not compile. */
function refuseClashes(text: string, names: PluginNames): void {
  const code = text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\/|'[^'\n]*'|`[^`]*`/g, '');
  const identifiers = new Set(code.match(/[A-Za-z_$][\w$]*/g));
  for (const identifier of identifiers) {
    const name = names.fill(identifier);
    if (name !== identifier && (identifiers.has(name) || taken.has(name))) {
      throw new UsageError(
        `“${names.id}” needs the name ${name} in its code, which is taken. Choose another, or name its thing with --thing.`,
      );
    }
  }
}

const taken = new Set<string>([
  ...(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]),
  ...`arguments await break case catch class const continue debugger default delete do else enum eval export extends
    false finally for function if implements import in instanceof interface let new null package private protected
    public return static super switch this throw true try typeof var void while with yield`.split(/\s+/),
]);
