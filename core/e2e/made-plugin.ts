import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../about.ts';
import { temporaryFolder } from '../testing/server.ts';

/** A folder of plugins that a test writes while the platform runs; packages resolve as they do in plugins/. */
export function pluginWorkshop() {
  const folder = temporaryFolder();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const plugins = join(folder, 'plugins');
  mkdirSync(plugins);
  return {
    folder: plugins,
    write(id: string, files: Record<string, string>) {
      const place = join(plugins, id);
      mkdirSync(join(place, 'migrations'), { recursive: true });
      const manifest = {
        name: id,
        version: '1.0.0',
        type: 'module',
        description: `The plugin ${id}`,
        taskConnect: { plugin: './plugin.ts' },
      };
      writeFileSync(join(place, 'package.json'), JSON.stringify(manifest));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The text of a plugin with one route, one event and one table; `extra` goes into its parts, `contract` into its contract. */
export const pluginText = (id: string, { contract = '', extra = '', before = '' } = {}) => `
import { declarePlugin, z } from '@task-connect/sdk';
${before}
const it = declarePlugin({
  id: '${id}', title: '${id}', paths: ['/${id}'],
  publishes: { '${id}.made': { version: 1, aggregate: 'key', data: z.object({ key: z.string() }) } },
  handles: { '${id}.made': { version: 1, data: z.object({ key: z.string() }) } },
  ${contract}
});
const make = it.route({
  method: 'POST', path: '/${id}', summary: 'Make', permission: 'signed-in', returns: z.object({ ok: z.boolean() }),
  async handle({ actor }, { publish }) { await publish('${id}.made', { key: actor.person }); return { ok: true }; },
});
const seen = it.route({
  method: 'GET', path: '/${id}', summary: 'See', permission: 'signed-in', returns: z.object({ count: z.int() }),
  async handle(_, { tx }) { const [row] = await tx.knex('seen').count('* as count'); return { count: Number(row.count) }; },
});
const note = it.handler({
  event: '${id}.made', name: 'note-it',
  async handle({ data, organisation }, { tx }) { await tx.knex('seen').insert({ organisation_id: organisation, key: data.key }); },
});
export default it.plugin({
  migrations: new URL('./migrations/', import.meta.url), routes: [make, seen], handlers: [note], ${extra}
});
`;

export const migrationText = (table = 'seen', more = '') => `
import { organisationTable } from '@task-connect/sdk/migration';
export const migration = {
  phase: 'before',
  async up(knex) { await organisationTable(knex, '${table}', (t) => { t.text('key').notNullable(); }); ${more} },
  async down(knex) { await knex.schema.dropTable('${table}'); },
};
`;
