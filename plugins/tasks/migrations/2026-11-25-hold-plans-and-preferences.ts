import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    // When somebody means to work on a task; as often as they like.
    await organisationTable(knex, 'planned_block', (table) => {
      table.uuid('task_id').notNullable();
      table.uuid('person_id').notNullable();
      table.timestamp('starts_at').notNullable();
      table.timestamp('ends_at').notNullable();
      table.text('zone').notNullable();
      table.integer('version').notNullable().defaultTo(1);
      table.check('ends_at > starts_at', [], 'planned_block_end');
    });
    // What a person chose in one organisation; null is as the organisation has it.
    await organisationTable(knex, 'person_preference', (table) => {
      table.uuid('person_id').notNullable();
      table.jsonb('working_hours');
      table.boolean('timer_follows_status');
    });
    await organisationTable(knex, 'project_member', (table) => {
      table.uuid('project_id').notNullable();
      table.uuid('person_id').notNullable();
      table.timestamp('added_at').notNullable();
    });
    // What changed in a project since its members were told last.
    await organisationTable(knex, 'project_news', (table) => {
      table.uuid('project_id').notNullable();
      table.timestamp('since').notNullable();
      table.specificType('changed', 'text[]').notNullable();
      table.specificType('actors', 'uuid[]').notNullable();
    });
    // That a due day was put off, and on which of their days somebody did it.
    await organisationTable(knex, 'task_move', (table) => {
      table.uuid('task_id').notNullable();
      table.uuid('person_id').notNullable();
      table.date('moved_on').notNullable();
      table.date('from_on').notNullable();
      table.date('to_on');
    });
    await knex.raw(`
      alter table planned_block add foreign key (organisation_id, task_id) references task (organisation_id, id)
        on delete cascade;
      create index planned_block_of_task on planned_block (organisation_id, task_id);
      create index planned_block_of_person on planned_block (organisation_id, person_id, ends_at);
      alter table person_preference drop constraint person_preference_pkey, add primary key (organisation_id, person_id);
      alter table project_member drop constraint project_member_pkey,
        add primary key (organisation_id, project_id, person_id);
      alter table project_member add foreign key (organisation_id, project_id)
        references project (organisation_id, id) on delete cascade;
      create index project_member_of on project_member (organisation_id, person_id);
      alter table project_news drop constraint project_news_pkey, add primary key (organisation_id, project_id);
      alter table task_move add foreign key (organisation_id, task_id) references task (organisation_id, id)
        on delete cascade;
      create index task_move_of_task on task_move (organisation_id, task_id);
      create index task_move_of_day on task_move (organisation_id, person_id, moved_on);
      -- Who made a project belongs to it.
      insert into project_member (organisation_id, project_id, person_id, added_at)
        select organisation_id, id, created_by, created_at from project;
    `);
  },

  async down(knex) {
    for (const name of ['task_move', 'project_news', 'project_member', 'person_preference', 'planned_block'])
      await knex.schema.dropTable(name);
  },
};
