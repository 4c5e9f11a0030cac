import type { Migration } from '@task-connect/sdk/migration';
import { keepForCore } from '../protect.ts';

export const migration: Migration = {
  phase: 'before',
  async up(knex) {
    await knex.schema.createTable('credential', (table) => {
      table.uuid('person_id').primary().references('id').inTable('person').onDelete('CASCADE');
      table.text('password_hash').notNullable();
      table.boolean('must_change').notNullable().defaultTo(false);
      table.timestamp('changed_at', { useTz: true }).notNullable();
    });

    await knex.schema.createTable('one_time_token', (table) => {
      table.uuid('id').primary();
      table.text('kind').notNullable();
      table.text('digest').notNullable().unique();
      table.uuid('person_id').references('id').inTable('person').onDelete('CASCADE');
      table.jsonb('data').notNullable().defaultTo('{}');
      table.timestamp('expires_at', { useTz: true }).notNullable();
      table.timestamp('used_at', { useTz: true });
      table.index(['person_id']);
      table.index(['expires_at']);
      table.check(`kind in ('verify', 'reset', 'change')`, [], 'one_time_token_kind');
    });

    await knex.schema.createTable('login_failure', (table) => {
      table.text('key').primary();
      table.integer('attempts').notNullable();
      table.timestamp('last_at', { useTz: true }).notNullable().index();
      table.timestamp('open_at', { useTz: true }).notNullable();
    });

    await knex.schema.createTable('oidc_payload', (table) => {
      table.text('type').notNullable();
      table.text('id').notNullable();
      table.jsonb('payload').notNullable();
      table.text('grant_id');
      table.text('uid');
      table.text('account_id');
      table.timestamp('expires_at', { useTz: true }).index();
      table.timestamp('consumed_at', { useTz: true });
      table.primary(['type', 'id']);
    });
    for (const column of ['grant_id', 'uid', 'account_id'])
      await knex.raw('create index ?? on oidc_payload (??) where ?? is not null', [
        `oidc_payload_${column}`,
        column,
        column,
      ]);

    for (const table of ['credential', 'one_time_token', 'login_failure', 'oidc_payload'])
      await keepForCore(knex, table);

    // A grant that is gone ends the access tokens that were issued under it.
    await knex.raw(`create function tell_grant() returns trigger language plpgsql as $$
      begin
        perform pg_notify('identity', 'grant ' || old.id);
        return null;
      end $$`);
    await knex.raw(`create trigger tell after delete on oidc_payload for each row
      when (old.type = 'Grant') execute function tell_grant()`);
  },

  async down(knex) {
    for (const table of ['oidc_payload', 'login_failure', 'one_time_token', 'credential'])
      await knex.raw('drop table ??', [table]);
    await knex.raw('drop function tell_grant()');
  },
};
