import type { Migration } from '@task-connect/sdk/migration';
import { acting, protect, tellChanges } from '../protect.ts';

const nobody = `'00000000-0000-0000-0000-000000000000'::uuid`;
const id = 'uuidv7()';

export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.createTable('organisation', (table) => {
      table.uuid('id').primary().defaultTo(knex.raw(id));
      table.text('name').notNullable();
      table.uuid('personal_of').unique();
      // What a membership refers to: of a personal organisation it is the one person who may be in it.
      table.specificType('only_member', `uuid generated always as (coalesce(personal_of, ${nobody})) stored`);
      table.timestamp('created_at', { useTz: true }).notNullable();
      table.integer('version').notNullable().defaultTo(1);
      table.unique(['id', 'only_member']);
      table.unique(['id', 'personal_of']);
    });

    await knex.schema.createTable('person', (table) => {
      table.uuid('id').primary().defaultTo(knex.raw(id));
      table.text('name').notNullable();
      table.text('address');
      table.timestamp('address_verified_at', { useTz: true });
      table.text('zone').notNullable();
      table.text('locale').notNullable();
      table.smallint('week_start').notNullable().defaultTo(1);
      table.jsonb('preferences').notNullable().defaultTo('{}');
      table.boolean('active').notNullable().defaultTo(true);
      table.specificType('platform_roles', 'text[]').notNullable().defaultTo('{}');
      table.uuid('personal_organisation_id').notNullable().unique();
      table.timestamp('created_at', { useTz: true }).notNullable();
      table.integer('version').notNullable().defaultTo(1);
      table.check('week_start between 1 and 7', [], 'person_week_start');
      table.check(`platform_roles <@ array['administrator']`, [], 'person_platform_roles');
    });
    await knex.raw('create unique index person_address on person (lower(address))');

    // Each refers to the other, so that everybody has exactly one personal organisation and it cannot be removed.
    await knex.raw(`alter table person add constraint person_personal_organisation
      foreign key (personal_organisation_id, id) references organisation (id, personal_of) deferrable initially deferred`);
    await knex.raw(`alter table organisation add constraint organisation_personal_of
      foreign key (personal_of) references person (id) on delete cascade deferrable initially deferred`);

    await knex.schema.createTable('membership', (table) => {
      table.uuid('organisation_id').notNullable();
      table.uuid('person_id').notNullable().references('id').inTable('person').onDelete('CASCADE');
      table.text('role').notNullable();
      table.uuid('only_member').notNullable().defaultTo(knex.raw(nobody));
      table.timestamp('joined_at', { useTz: true }).notNullable();
      table.primary(['organisation_id', 'person_id']);
      table.index(['person_id']);
      table.check(`role in ('guest', 'member', 'manager', 'owner')`, [], 'membership_role');
      // A personal organisation has its person as owner, and nobody else can be put into it.
      table.check(`only_member = ${nobody} or (person_id = only_member and role = 'owner')`, [], 'membership_personal');
      table
        .foreign(['organisation_id', 'only_member'])
        .references(['id', 'only_member'])
        .inTable('organisation')
        .onDelete('CASCADE');
    });

    await knex.schema.createTable('invitation', (table) => {
      table.uuid('id').primary().defaultTo(knex.raw(id));
      table.uuid('organisation_id').notNullable().references('id').inTable('organisation').onDelete('CASCADE');
      table.text('address').notNullable();
      table.text('role').notNullable();
      table.text('token_digest').notNullable().unique();
      table.uuid('invited_by').references('id').inTable('person').onDelete('SET NULL');
      table.timestamp('created_at', { useTz: true }).notNullable();
      table.timestamp('expires_at', { useTz: true }).notNullable();
      table.index(['organisation_id', 'created_at']);
      table.check(`role in ('guest', 'member', 'manager', 'owner')`, [], 'invitation_role');
    });

    await knex.schema.createTable('identity', (table) => {
      table.text('issuer').notNullable();
      table.text('subject').notNullable();
      table.uuid('person_id').notNullable().references('id').inTable('person').onDelete('CASCADE');
      table.timestamp('created_at', { useTz: true }).notNullable();
      table.primary(['issuer', 'subject']);
      table.index(['person_id']);
    });

    const { core, signedIn } = acting;
    const here = (column: string) => `(${column} = ${acting.organisation} and ${signedIn})`;
    const shares = `exists (select 1 from membership m where m.person_id = person.id and ${here('m.organisation_id')})`;
    const belongs = `exists (select 1 from membership m where m.organisation_id = organisation.id and m.person_id = ${acting.person})`;
    const own = (column: string) => `${column} = ${acting.person}`;
    await protect(knex, 'person', { sees: `${own('id')} or ${core} or ${shares}`, changes: `${own('id')} or ${core}` });
    await protect(knex, 'organisation', {
      sees: `${here('id')} or ${core} or ${belongs}`,
      changes: `${here('id')} or ${core}`,
    });
    await protect(knex, 'membership', {
      sees: `${here('organisation_id')} or ${own('person_id')} or ${core}`,
      changes: `${here('organisation_id')} or ${core}`,
    });
    const invitations = `${here('organisation_id')} or ${core}`;
    await protect(knex, 'invitation', { sees: invitations, changes: invitations });
    await protect(knex, 'identity', { sees: `${own('person_id')} or ${core}`, changes: core });

    const shown = ['name', 'zone', 'locale', 'week_start', 'active', 'platform_roles'];
    await tellChanges(knex, 'person', 'id', { added: false, changed: shown });
    await tellChanges(knex, 'membership', 'person_id', { added: true, changed: ['role'] });
    await tellChanges(knex, 'identity', 'subject', { added: true, changed: ['person_id'] });
  },

  async down(knex) {
    await knex.raw('alter table person drop constraint person_personal_organisation');
    // In one statement, since their policies and keys refer to one another.
    await knex.raw('drop table identity, invitation, membership, organisation, person');
    for (const table of ['identity', 'membership', 'person']) await knex.raw(`drop function tell_${table}()`);
  },
};
