import type { Phase } from '@task-connect/sdk/migration';
import type { FoundMigration } from './migrate.ts';

// Whether the migrations that a database has and those of this version fit each other.

/** A row of tc.migration. */
export type AppliedMigration = {
  name: string;
  checksum: string;
  batch: number;
  phase: Phase;
  breaking: boolean;
  applied_at: string;
};

/** Why a database and its migrations do not fit: one line, and nothing was changed. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}

export function refuseWhatDoesNotFit(
  migrations: readonly FoundMigration[],
  applied: readonly AppliedMigration[],
): void {
  const known = new Map(migrations.map((found) => [found.name, found]));
  for (const row of applied) {
    const found = known.get(row.name);
    if (found && found.checksum !== row.checksum) {
      throw new MigrationRefused(
        `The migration ${row.name} was changed after it was applied. Restore its text, and put the change into a new migration.`,
      );
    }
    if (!found && row.breaking) {
      throw new MigrationRefused(
        `The database was changed by a newer version (${row.name}) with which this one cannot work. Start that version, or restore a backup from before.`,
      );
    }
  }
}

/** Those that are still to be applied in a phase, in their order. */
export function pendingOf(
  migrations: readonly FoundMigration[],
  applied: readonly AppliedMigration[],
  phase: Phase | 'all',
): FoundMigration[] {
  const done = new Set(applied.map((row) => row.name));
  return migrations.filter((found) => !done.has(found.name) && (phase === 'all' || found.migration.phase === phase));
}

/** Each of them and when it was applied. */
export function statesOf(migrations: readonly FoundMigration[], applied: readonly AppliedMigration[]) {
  const byName = new Map(applied.map((row) => [row.name, row]));
  return migrations.map(({ name, migration }) => ({
    name,
    phase: migration.phase,
    breaking: migration.breaking ?? false,
    appliedAt: byName.get(name)?.applied_at ?? null,
    batch: byName.get(name)?.batch ?? null,
  }));
}
