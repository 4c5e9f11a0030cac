import type { Migrator } from '../../database/migrate.ts';
import type { Platform } from '../../platform.ts';
import { CommandFailed, platformCommand, UsageError } from '../command.ts';
import { pluginsWithDatabase } from '../plugin-database.ts';

type Done = { plugin: string; migrations: { name: string; sql?: string[] }[] };

export const migrate = platformCommand({
  name: 'migrate',
  usage: '[PLUGIN]',
  summary: 'Apply the migrations that are missing, of all plugins or of one',
  details:
    'The phase “before” only adds and is applied while the old version still serves; “after” cleans up when that is gone.\n' +
    'Where no other version runs beside this one (embedded PostgreSQL) the default is all, else before.',
  options: {
    phase: { type: 'string', takes: 'before|after|all', means: 'Only the migrations of this phase' },
    'dry-run': { type: 'boolean', means: 'Print the SQL and keep nothing' },
    rollback: { type: 'boolean', means: 'Take the last batch of PLUGIN back; it must be off' },
  },
  async run({ operands: [named], options }, { platform, record }) {
    const phase = options.phase ?? (platform.serverKind === 'embedded' ? 'all' : 'before');
    if (phase !== 'before' && phase !== 'after' && phase !== 'all') {
      throw new UsageError(`--phase is “${phase}”; it takes before, after or all.`);
    }
    if (options.rollback) return rollBack(platform, named, options, record);
    const result: Done[] = [];
    for (const plugin of await chosen(platform, named)) {
      const migrator = await migratorOf(platform, plugin);
      const migrations = options['dry-run']
        ? await migrator.dryRun(phase)
        : (await migrator.up(phase)).map((name) => ({ name }));
      if (migrations.length === 0) continue;
      result.push({ plugin, migrations });
      if (!options['dry-run']) await recordMigrations('migrations.applied', { plugin, migrations }, record);
    }
    return { phase, dryRun: options['dry-run'], rolledBack: false, plugins: result };
  },
  show({ plugins, dryRun, rolledBack }) {
    if (plugins.length === 0) return rolledBack ? 'There is no migration to take back.' : 'No migration is missing.';
    const verb = dryRun ? 'would be applied' : rolledBack ? 'is taken back' : 'is applied';
    return plugins
      .flatMap(({ plugin, migrations }) =>
        migrations.map(({ name, sql }) => [`${plugin}/${name} ${verb}.`, ...(sql ?? []).map(statementOf)].join('\n')),
      )
      .join('\n');
  },
});

const statementOf = (sql: string) => `${sql.trim().replace(/;?$/, ';')}`;

async function chosen(platform: Platform, named: string | undefined): Promise<string[]> {
  const all = await pluginsWithDatabase(platform);
  if (named === undefined) return all;
  const { id } = platform.kernel.plugin(named);
  if (all.includes(id)) return [id];
  throw new CommandFailed(
    `${id} has no database yet: it is made, with all migrations, when the plugin is first enabled.`,
  );
}

async function migratorOf(platform: Platform, plugin: string): Promise<Migrator> {
  const { readMigrations } = await import('../../database/migrate.ts');
  const migrations = await readMigrations(platform.kernel.plugin(plugin).plugin?.parts.migrations);
  return platform.provisioner.migrator(plugin, migrations, platform.clock);
}

type Record = (entry: { action: string; subject: string; after: unknown }) => Promise<void>;

async function rollBack(
  platform: Platform,
  named: string | undefined,
  options: { phase: string | undefined; 'dry-run': boolean },
  record: Record,
) {
  if (named === undefined) throw new UsageError('--rollback takes the last batch of one plugin back: name it.');
  if (options.phase !== undefined || options['dry-run']) {
    throw new UsageError('--rollback takes the whole last batch back; leave --phase and --dry-run out.');
  }
  const [plugin] = (await chosen(platform, named)) as [string];
  const view = platform.kernel.plugin(plugin);
  if (view.builtIn) {
    throw new CommandFailed(`${plugin} is a part of the platform: restore a backup with the version before instead.`);
  }
  if (view.state === 'on') throw new CommandFailed(`${plugin} is on and uses these tables: disable it first.`);
  const migrations = (await (await migratorOf(platform, plugin)).down()).map((name) => ({ name }));
  await recordMigrations('migrations.taken-back', { plugin, migrations }, record);
  const plugins: Done[] = migrations.length > 0 ? [{ plugin, migrations }] : [];
  return { phase: 'all', dryRun: false, rolledBack: true, plugins };
}

const recordMigrations = (action: string, { plugin, migrations }: Done, record: Record) =>
  record({ action, subject: plugin, after: { migrations: migrations.map(({ name }) => name) } });
