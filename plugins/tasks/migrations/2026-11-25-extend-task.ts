import type { Migration } from '@task-connect/sdk/migration';

// Repeats, checklists, several reminders, an order by hand and where an imported row came from.
export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await knex.schema.alterTable('task', (table) => {
      // The rule as written (RFC 5545), and whether it goes by the calendar or by when the task was done.
      table.text('repeat_rule');
      table.text('repeat_from');
      // Where the rule begins: a local day, a time on the wall or none, and the zone of that wall.
      table.date('series_on');
      table.time('series_time');
      table.text('series_zone');
      // Which occurrence of which series this is; it stays when the due date is moved or the rule is changed.
      table.uuid('series_id');
      table.date('slot_on');
      table.jsonb('checklist').notNullable().defaultTo('[]');
      // Null: the one that the settings say. Instants stand in it as text, in UTC.
      table.jsonb('reminders');
      table.double('position');
      table.text('import_key');
      table.check(
        '(repeat_rule is null) = (repeat_from is null) and (repeat_rule is null or (due_on is not null ' +
          'and series_on is not null and series_zone is not null and series_id is not null and slot_on is not null))',
        [],
        'task_repeat',
      );
    });
    await knex.schema.alterTable('project', (table) => {
      table.text('import_key');
    });
    await knex.raw(`
      update task set reminders = jsonb_build_array(jsonb_build_object('minutesBefore', remind_before_minutes))
        where remind_before_minutes is not null;
      create unique index task_occurrence on task (organisation_id, series_id, slot_on) where series_id is not null;
      create unique index task_imported on task (organisation_id, import_key) where import_key is not null;
      create unique index project_imported on project (organisation_id, import_key) where import_key is not null;
    `);
  },

  async down(knex) {
    await knex.raw('drop index project_imported; drop index task_imported; drop index task_occurrence');
    await knex.raw('alter table project drop column import_key');
    await knex.raw('alter table task drop constraint task_repeat');
    const columns = ['repeat_rule', 'repeat_from', 'series_on', 'series_time', 'series_zone', 'series_id', 'slot_on'];
    for (const column of [...columns, 'checklist', 'reminders', 'position', 'import_key'])
      await knex.raw('alter table task drop column ??', [column]);
  },
};
