import { type Migration, personTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await personTable(knex, 'notification', (table) => {
      table.uuid('organisation_id').notNullable();
      table.text('plugin').notNullable();
      table.text('kind').notNullable();
      table.text('kind_title').notNullable();
      table.text('key').notNullable();
      table.text('title').notNullable();
      table.text('body');
      table.text('link');
      table.boolean('urgent').notNullable();
      // False for one that is told by e-mail alone: it stands in the log and not in the inbox.
      table.boolean('in_app').notNullable();
      table.timestamp('created_at').notNullable();
      table.timestamp('read_at');
    });
    // A key may be longer than what an index holds, its hash never is.
    await knex.raw(`
      create unique index notification_once on notification (person_id, plugin, kind, md5(key));
      create index notification_inbox on notification (person_id, id) where in_app;
      create index notification_unread on notification (person_id, id) where in_app and read_at is null;
    `);
  },

  async down(knex) {
    await knex.schema.dropTable('notification');
  },
};
