import { tasks } from '../contract.ts';
import { Preferences, PreferencesPatch } from './preference.ts';
import { keepPreferences, preferencesOf } from './preference-table.ts';

export const getPreferences = tasks.route({
  method: 'GET',
  path: '/tasks/preferences',
  summary: 'Get what you chose for tasks in this organisation',
  permission: 'tasks:read',
  returns: Preferences,
  handle: ({ actor }, { tx }) => preferencesOf(tx, actor),
});

export const changePreferences = tasks.route({
  method: 'PATCH',
  path: '/tasks/preferences',
  summary: 'Choose your working hours, and whether the timer follows the status',
  permission: 'tasks:write',
  body: PreferencesPatch,
  returns: Preferences,
  async handle({ body, actor }, { tx }) {
    const chosen = { ...(await preferencesOf(tx, actor)), ...body };
    await keepPreferences(tx, actor, chosen);
    return chosen;
  },
});
