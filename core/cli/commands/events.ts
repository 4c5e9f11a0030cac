import { deadLetters } from '../../events/dead-letters.ts';
import type { Platform } from '../../platform.ts';
import { CommandFailed, platformCommand, UsageError } from '../command.ts';
import { pluginsWithDatabase } from '../plugin-database.ts';
import { table } from '../table.ts';

const lettersOf = (platform: Platform, plugin: string) =>
  deadLetters(platform.pools.bookkeeping(plugin), platform.clock);

/** The plugins to look at: the one that was named, or all. */
async function chosen(platform: Platform, named: string | undefined): Promise<string[]> {
  const all = await pluginsWithDatabase(platform);
  if (named === undefined) return all;
  if (all.includes(named)) return [named];
  platform.kernel.plugin(named);
  throw new CommandFailed(`${named} was never on, so it has no events.`);
}

const dead = platformCommand({
  name: 'events dead',
  usage: '',
  summary: 'List the events that could not be handled, newest first',
  options: {
    plugin: { type: 'string', takes: 'NAME', means: 'Only those of one plugin' },
    limit: { type: 'string', takes: 'NUMBER', means: 'At most so many; 50 when not given' },
  },
  looksOnly: true,
  async run({ options }, { platform }) {
    const limit = Number(options.limit ?? 50);
    if (!Number.isInteger(limit) || limit < 1)
      throw new UsageError(`--limit is “${options.limit}”; it takes a number.`);
    const lists = await Promise.all(
      (await chosen(platform, options.plugin)).map(async (plugin) =>
        (await lettersOf(platform, plugin).list(undefined, limit)).map((letter) => ({
          id: `${plugin}-${letter.id}`,
          plugin,
          queue: letter.queue,
          handler: letter.handler,
          type: letter.envelope.type,
          subject: letter.envelope.subject,
          attempts: letter.attempts,
          error: letter.error,
          diedAt: letter.diedAt,
        })),
      ),
    );
    const items = lists.flat().sort((a, b) => (a.diedAt < b.diedAt ? 1 : -1));
    return { items: items.slice(0, limit) };
  },
  show: ({ items }) =>
    items.length === 0
      ? 'No event lies with the dead letters.'
      : table(
          ['Letter', 'Event', 'Handler', 'Died', 'Attempts', 'Error'],
          items.map((item) => [
            item.id,
            item.type,
            item.handler,
            item.diedAt,
            String(item.attempts),
            item.error.split('\n')[0]!,
          ]),
        ),
});

const replay = platformCommand({
  name: 'events replay',
  usage: '[LETTER…]',
  summary: 'Handle dead letters again, those that are named or all',
  options: {
    all: { type: 'boolean', means: 'All of them' },
    plugin: { type: 'string', takes: 'NAME', means: 'With --all: only those of one plugin' },
  },
  async run({ operands, options }, { platform, serving, record }) {
    if (options.all === operands.length > 0) throw new UsageError('Name the letters, or say --all.');
    let replayed = 0;
    if (options.all) {
      for (const plugin of await chosen(platform, options.plugin)) {
        replayed += await lettersOf(platform, plugin).replay('all');
      }
    } else {
      const letters = operands.map(parseLetter);
      const plugins = await pluginsWithDatabase(platform);
      const lost = letters.find(({ plugin }) => !plugins.includes(plugin));
      if (lost) throw new CommandFailed(`There is no dead letter ${lost.plugin}-${lost.row}.`);
      for (const { plugin, row } of letters) replayed += await lettersOf(platform, plugin).replay([row]);
    }
    const subject = options.all ? (options.plugin ?? 'all') : operands.join(', ');
    await record({ action: 'dead-letters.replayed', subject, after: { replayed } });
    platform.kernel.wake();
    return { replayed, asked: options.all ? replayed : operands.length, serving };
  },
  show: ({ replayed, serving }) =>
    `${replayed === 1 ? '1 event goes' : `${replayed} events go`} back into the queues${serving ? '' : '; the platform handles them once it runs'}.`,
  fault: ({ replayed, asked }) =>
    replayed < asked ? `${asked - replayed} of the letters are not there (any more).` : undefined,
});

function parseLetter(letter: string): { plugin: string; row: number } {
  const [, plugin, row] = /^([a-z][a-z0-9-]*)-(\d{1,15})$/.exec(letter) ?? [];
  if (!plugin) throw new UsageError(`“${letter}” is no dead letter; take the first column of “events dead”.`);
  return { plugin, row: Number(row) };
}

export const deadLetterCommands = [dead, replay];
