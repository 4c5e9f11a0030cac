import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await organisationTable(knex, 'work_log', (table) => {
      table.uuid('person_id').notNullable();
      table.uuid('task_id');
      table.text('note').notNullable();
      table.timestamp('started_at').notNullable();
      table.timestamp('ended_at');
      table.integer('seconds');
      // False when only a length was given: such work lies anywhere in its day and may overlap other work.
      table.boolean('placed').notNullable();
      table.date('local_date').notNullable();
      table.text('zone').notNullable();
      table.integer('version').notNullable().defaultTo(1);
      table.check('(ended_at is null) = (seconds is null) and ended_at >= started_at', [], 'work_log_end');
    });
    await knex.raw(`
      alter table work_log add foreign key (organisation_id, task_id) references task (organisation_id, id)
        on delete set null (task_id);
      create unique index work_log_one_runs on work_log (organisation_id, person_id) where ended_at is null;
      alter table work_log add constraint work_log_no_overlap exclude using gist
        (organisation_id with =, person_id with =, tstzrange(started_at, ended_at) with &&) where (placed);
      create index work_log_of_day on work_log (organisation_id, person_id, local_date);
      create index work_log_newest on work_log (organisation_id, person_id, started_at, id);
      create index work_log_of_task on work_log (organisation_id, task_id) where task_id is not null;
    `);
  },

  async down(knex) {
    await knex.schema.dropTable('work_log');
  },
};
