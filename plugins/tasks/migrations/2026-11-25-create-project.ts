import { type Migration, organisationTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await organisationTable(knex, 'project', (table) => {
      table.text('name').notNullable();
      table.text('notes').notNullable();
      table.uuid('parent_id');
      table.timestamp('archived_at');
      table.uuid('created_by').notNullable();
      table.timestamp('created_at').notNullable();
      table.timestamp('updated_at').notNullable();
      table.integer('version').notNullable().defaultTo(1);
    });
    // With the organisation in the key, a project of another one is as unknown as none, and no list walks past others’.
    await knex.raw(`
      alter table project add foreign key (organisation_id, parent_id) references project (organisation_id, id);
      create index project_parent on project (organisation_id, parent_id);
      create index project_by_name on project (organisation_id, lower(name), id);
    `);
  },

  async down(knex) {
    await knex.schema.dropTable('project');
  },
};
