import { type Migration, personTable, sharedPartTable, sharedTable } from '@task-connect/sdk/migration';

export const migration: Migration = {
  phase: 'before',

  async up(knex) {
    await sharedTable(knex, 'note', (table) => {
      table.text('title').notNullable();
      table.text('text').notNullable();
      // What was given, what stands in the text, and both together; keys are folded, with the ancestors of `book/fiction`.
      for (const labels of ['own_labels', 'tags', 'labels', 'label_keys']) {
        table.specificType(labels, 'text[]').notNullable().defaultTo('{}');
      }
      table.text('search_text').notNullable();
      table.jsonb('preview').notNullable();
      table.specificType('has', 'text[]').notNullable().defaultTo('{}');
      table.integer('attachments').notNullable().defaultTo(0);
      table.text('public_token');
      table.text('ref_plugin');
      table.text('ref_kind');
      table.uuid('ref_id');
      table.timestamp('created_at').notNullable();
      table.timestamp('updated_at').notNullable();
      table.uuid('updated_by').notNullable();
      table.timestamp('trashed_at');
      table.integer('version').notNullable().defaultTo(1);
      table.unique(['id']);
      table.check('(ref_plugin is null) = (ref_id is null)', [], 'note_reference');
    });
    await knex.raw(`
      create index note_updated on note (organisation_id, updated_at desc, id desc);
      create index note_search on note using gin (organisation_id, search_text gin_trgm_ops);
      create index note_reference_index on note (ref_id) where ref_id is not null;
    `);
    await sharedPartTable(knex, 'note_version', 'note', (table) => {
      table.integer('version').notNullable();
      table.text('title').notNullable();
      table.text('text').notNullable();
      table.uuid('by').notNullable();
      table.timestamp('started_at').notNullable();
      table.timestamp('at').notNullable();
      table.integer('restored_from');
      table.unique(['organisation_id', 'note_id', 'version']);
    });
    await sharedPartTable(knex, 'attachment', 'note', (table) => {
      table.text('name').notNullable();
      table.text('type').notNullable();
      table.bigint('size').notNullable();
      table.text('thumbnail').notNullable();
      table.timestamp('created_at').notNullable();
      table.uuid('created_by').notNullable();
    });
    await personTable(knex, 'note_mark', (table) => {
      table.uuid('note_id').notNullable();
      table.boolean('pinned').notNullable().defaultTo(false);
      table.text('colour');
      table.timestamp('archived_at');
    });
    await knex.raw(
      'alter table note_mark drop constraint note_mark_pkey, add primary key (person_id, note_id), drop column id',
    );
    // Row-level security lets no index answer “like”, whose operator is not leakproof. This function of the owner asks the
    // index, and holds who sees a note as the policies do.
    await knex.raw(`
      create function notes_with_text(pattern text) returns setof uuid language sql stable security definer
      begin atomic
        select id from note
        where organisation_id = nullif(current_setting('tc.organisation', true), '')::uuid
          and current_setting('tc.reach', true) <> 'public'
          and search_text like pattern
          and (owner_id = nullif(current_setting('tc.person', true), '')::uuid
            or viewers @> array[nullif(current_setting('tc.person', true), '')::uuid]
            or editors @> array[nullif(current_setting('tc.person', true), '')::uuid])
        union
        select id from note
        where current_setting('tc.reach', true) <> 'public'
          and (viewer_organisations @> array[nullif(current_setting('tc.organisation', true), '')::uuid]
            or editor_organisations @> array[nullif(current_setting('tc.organisation', true), '')::uuid])
          and search_text like pattern;
      end
    `);
    // A reader may change nothing of a note but that they are one.
    await knex.raw(`
      create function leave_note(note_id uuid) returns void language sql volatile security definer
      begin atomic
        update note set
          viewers = array_remove(viewers, nullif(current_setting('tc.person', true), '')::uuid),
          editors = array_remove(editors, nullif(current_setting('tc.person', true), '')::uuid)
        where id = note_id and organisation_id = nullif(current_setting('tc.organisation', true), '')::uuid
          and current_setting('tc.reach', true) <> 'public';
      end
    `);
  },

  async down(knex) {
    await knex.raw('drop function notes_with_text(text); drop function leave_note(uuid)');
    for (const name of ['note_mark', 'attachment', 'note_version', 'note']) await knex.schema.dropTable(name);
  },
};
