import type { Migration } from '@task-connect/sdk/migration';

// For the agenda, which shows what is done as well.
export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.raw(
      'create index task_due_of_person on task (organisation_id, responsible_id, due_on) where due_on is not null',
    );
  },
  async down(knex) {
    await knex.raw('drop index task_due_of_person');
  },
};
