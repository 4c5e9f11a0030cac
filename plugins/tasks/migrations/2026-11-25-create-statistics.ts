import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await organisationTable(knex, 'statistics_day', (table) => {
      table.uuid('person_id').notNullable();
      table.date('day').notNullable();
      for (const count of ['created', 'completed', 'due', 'met', 'tracked_seconds']) {
        table.integer(count).notNullable().defaultTo(0);
      }
    });
    // What has been counted of each task and each work log, so that a change counts the difference.
    await organisationTable(knex, 'statistics_task', (table) => {
      table.uuid('task_id').notNullable();
      table.uuid('created_by').notNullable();
      table.date('created_on').notNullable();
      table.uuid('completed_by');
      table.date('completed_on');
      table.uuid('responsible_id').notNullable();
      table.date('due_on');
    });
    await organisationTable(knex, 'statistics_work', (table) => {
      table.uuid('work_log_id').notNullable();
      table.uuid('person_id').notNullable();
      table.date('day').notNullable();
      table.integer('seconds').notNullable();
    });
    await knex.raw(`
      alter table statistics_day drop constraint statistics_day_pkey, add primary key (organisation_id, person_id, day);
      alter table statistics_task drop constraint statistics_task_pkey, add primary key (organisation_id, task_id);
      alter table statistics_work drop constraint statistics_work_pkey, add primary key (organisation_id, work_log_id);
    `);
  },

  async down(knex) {
    for (const name of ['statistics_work', 'statistics_task', 'statistics_day']) await knex.schema.dropTable(name);
  },
};
