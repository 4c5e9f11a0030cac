import { type Migration, organisationTable } from '@task-connect/sdk/migration';

// Counts per project as well, and estimates beside what it took. `statistics_day` goes when nobody reads it any more.
export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await organisationTable(knex, 'statistics_project_day', (table) => {
      table.uuid('person_id').notNullable();
      table.date('day').notNullable();
      // All zeros: without a project.
      table.uuid('project_id').notNullable();
      for (const count of ['created', 'completed', 'due', 'met', 'tracked_seconds']) {
        table.integer(count).notNullable().defaultTo(0);
      }
    });
    await knex.schema.alterTable('statistics_task', (table) => {
      table.uuid('project_id');
      table.integer('estimate_minutes');
      table.text('status').notNullable().defaultTo('open');
    });
    await knex.schema.alterTable('statistics_work', (table) => {
      table.uuid('task_id');
      table.uuid('project_id');
    });
    await knex.raw(`
      alter table statistics_project_day drop constraint statistics_project_day_pkey,
        add primary key (organisation_id, person_id, day, project_id);
      create index statistics_task_of_project on statistics_task (organisation_id, project_id);
      create index statistics_task_completed on statistics_task (organisation_id, completed_by, completed_on)
        where estimate_minutes is not null;
      create index statistics_work_of_task on statistics_work (organisation_id, task_id) include (seconds);
      create index statistics_work_of_project on statistics_work (organisation_id, project_id) include (seconds);
      create index statistics_work_of_day on statistics_work (organisation_id, person_id, day) include (project_id, seconds);

      update statistics_task s set project_id = t.project_id, estimate_minutes = t.estimate_minutes, status = t.status
        from task t where t.organisation_id = s.organisation_id and t.id = s.task_id;
      update statistics_work s set task_id = w.task_id, project_id = t.project_id
        from work_log w left join task t on t.organisation_id = w.organisation_id and t.id = w.task_id
        where w.organisation_id = s.organisation_id and w.id = s.work_log_id;
      insert into statistics_project_day (organisation_id, person_id, day, project_id, created, completed, due, met, tracked_seconds)
      select organisation_id, person, day, coalesce(project_id, '00000000-0000-0000-0000-000000000000'),
        sum(created), sum(completed), sum(due), sum(met), sum(seconds)
      from (
        select organisation_id, project_id, created_by as person, created_on as day,
          1 as created, 0 as completed, 0 as due, 0 as met, 0 as seconds from statistics_task
        union all
        select organisation_id, project_id, completed_by, completed_on, 0, 1, 0, 0, 0 from statistics_task
          where completed_on is not null
        union all
        select organisation_id, project_id, responsible_id, due_on, 0, 0, 1,
          case when completed_on <= due_on then 1 else 0 end, 0 from statistics_task where due_on is not null
        union all
        select organisation_id, project_id, person_id, day, 0, 0, 0, 0, seconds from statistics_work
      ) as counted group by 1, 2, 3, 4;
    `);
  },

  async down(knex) {
    await knex.raw(`
      drop index statistics_work_of_day; drop index statistics_work_of_project; drop index statistics_work_of_task;
      drop index statistics_task_completed; drop index statistics_task_of_project;
      alter table statistics_work drop column project_id, drop column task_id;
      alter table statistics_task drop column status, drop column estimate_minutes, drop column project_id;
    `);
    await knex.schema.dropTable('statistics_project_day');
  },
};
