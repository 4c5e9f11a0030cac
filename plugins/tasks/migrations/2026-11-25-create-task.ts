import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await organisationTable(knex, 'task', (table) => {
      table.text('title').notNullable();
      table.text('notes').notNullable();
      table.text('status').notNullable();
      table.smallint('priority').notNullable();
      // The local day always; an instant only if there is a time; the zone in which both are meant.
      for (const when of ['due', 'start']) {
        table.date(`${when}_on`);
        table.timestamp(`${when}_at`);
        table.text(`${when}_zone`);
      }
      table.specificType('labels', 'text[]').notNullable();
      table.uuid('assignee_id');
      table.integer('estimate_minutes');
      table.uuid('project_id');
      table.uuid('parent_id');
      table.integer('remind_before_minutes');
      table.uuid('created_by').notNullable();
      // Whose task it is: its assignee’s, else its maker’s.
      table.specificType('responsible_id', 'uuid generated always as (coalesce(assignee_id, created_by)) stored');
      table.timestamp('created_at').notNullable();
      // Days keep the date that they had in the zone of the person who acted then.
      table.date('created_on').notNullable();
      table.timestamp('updated_at').notNullable();
      table.timestamp('completed_at');
      table.date('completed_on');
      table.uuid('completed_by');
      table.integer('version').notNullable().defaultTo(1);
      table.check(`status in ('open', 'active', 'waiting', 'done', 'cancelled')`, [], 'task_status');
      table.check('priority between 0 and 3', [], 'task_priority');
      table.check(`(status = 'done') = (completed_at is not null)`, [], 'task_completed');
      table.check('(due_on is null) = (due_zone is null) and (due_at is null or due_on is not null)', [], 'task_due');
      table.check(
        '(start_on is null) = (start_zone is null) and (start_at is null or start_on is not null)',
        [],
        'task_start',
      );
    });
    await knex.raw(`
      alter table task add foreign key (organisation_id, project_id) references project (organisation_id, id);
      alter table task add foreign key (organisation_id, parent_id) references task (organisation_id, id)
        on delete set null (parent_id);
      create index task_parent on task (organisation_id, parent_id) where parent_id is not null;
      create index task_project on task (organisation_id, project_id) where project_id is not null;
      create index task_by_due on task (organisation_id, coalesce(due_on, 'infinity'), coalesce(due_at, 'infinity'), id);
      create index task_updated on task (organisation_id, updated_at, id);
      create index task_on_hand on task (organisation_id, responsible_id, due_on)
        where status in ('open', 'active', 'waiting');
      create index task_search on task using gin (organisation_id, (title || E'\\n' || notes) gin_trgm_ops, labels);
    `);
    // Row-level security lets no index answer “like” or “contains”: their operators might leak what they compare (they
    // are not marked leakproof). These functions of the owner ask the index, and hold the organisation as the policy does.
    for (const [name, argument, condition] of [
      ['tasks_with_text', 'pattern text', `(title || E'\\n' || notes) ilike pattern`],
      ['tasks_with_label', 'label text', 'labels @> array[label]'],
    ]) {
      await knex.raw(`
        create function ${name}(${argument}) returns setof uuid language sql stable security definer
        begin atomic
          select id from task
          where organisation_id = nullif(current_setting('tc.organisation', true), '')::uuid
            and current_setting('tc.reach', true) <> 'public'
            and ${condition};
        end
      `);
    }
  },

  async down(knex) {
    await knex.raw('drop function tasks_with_text(text); drop function tasks_with_label(text)');
    await knex.schema.dropTable('task');
  },
};
