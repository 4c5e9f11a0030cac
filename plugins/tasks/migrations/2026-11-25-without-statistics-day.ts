import { type Migration, organisationTable } from '@task-connect/sdk/migration';

// `statistics_project_day` has taken its place.
export const migration: Migration = {
  phase: 'after',

  async up(knex) {
    await knex.schema.dropTable('statistics_day');
  },

  async down(knex) {
    await organisationTable(knex, 'statistics_day', (table) => {
      table.uuid('person_id').notNullable();
      table.date('day').notNullable();
      for (const count of ['created', 'completed', 'due', 'met', 'tracked_seconds']) {
        table.integer(count).notNullable().defaultTo(0);
      }
    });
    await knex.raw(`
      alter table statistics_day drop constraint statistics_day_pkey, add primary key (organisation_id, person_id, day);
      insert into statistics_day (organisation_id, person_id, day, created, completed, due, met, tracked_seconds)
      select organisation_id, person_id, day, sum(created), sum(completed), sum(due), sum(met), sum(tracked_seconds)
      from statistics_project_day group by 1, 2, 3;
    `);
  },
};
