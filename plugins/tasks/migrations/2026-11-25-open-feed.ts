import { type Migration, shownByAddress } from '@task-connect/sdk/migration';

// A feed is read without login by whoever knows its address; that stands for a person, whose tasks and plans it shows.
export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await knex.schema.alterTable('person_preference', (table) => {
      table.timestamp('feed_since');
    });
    await shownByAddress(knex, 'task', 'responsible_id');
    await shownByAddress(knex, 'planned_block', 'person_id');
  },

  async down(knex) {
    await knex.raw('drop policy shown_by_address on planned_block; drop policy shown_by_address on task');
    await knex.raw('alter table person_preference drop column feed_since');
  },
};
