import { type Migration, personTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await personTable(knex, 'delivery', (table) => {
      table.uuid('notification_id').notNullable();
      table.text('channel').notNullable();
      table.text('state').notNullable();
      table.text('reason');
      table.timestamp('at').notNullable();
      table.check(`channel in ('in-app', 'email')`, [], 'delivery_channel');
      table.check(`state in ('waiting', 'sent', 'not-sent', 'failed')`, [], 'delivery_state');
    });
    await knex.raw(`
      alter table delivery add foreign key (person_id, notification_id) references notification (person_id, id)
        on delete cascade;
      create unique index delivery_once on delivery (person_id, notification_id, channel);
    `);
  },

  async down(knex) {
    await knex.schema.dropTable('delivery');
  },
};
