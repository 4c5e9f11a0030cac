import { InvalidInput } from '@task-connect/sdk';
import { notifications } from '../contract.ts';
import { allKinds, oneKind } from '../kind/all-kinds.ts';
import type { KindRow } from '../kind/kind-table.ts';
import { chooseChannels } from './choose-channels.ts';
import { NewPreference, Preference, PreferenceList } from './preference.ts';
import { keepPreference, type PreferenceRow, preferencesOf, preferencesOfKind } from './preference-table.ts';

const toPreference = ({ plugin, kind, title, channels }: KindRow, chosen: readonly PreferenceRow[]): Preference => ({
  plugin,
  kind,
  title,
  channels: chooseChannels(channels, chosen).wanted,
});

export const listPreferences = notifications.route({
  method: 'GET',
  path: '/notification-preferences',
  summary: 'List through which channels you are told of what',
  description: 'All kinds that plugins which are on declare, and those of others that somebody was told of before.',
  permission: 'signed-in',
  returns: PreferenceList,
  async handle({ actor }, { tx, notificationKinds }) {
    const chosen = await preferencesOf(tx, actor.person);
    const ofKind = (kind: KindRow) => chosen.filter((row) => row.plugin === kind.plugin && row.kind === kind.kind);
    return { items: (await allKinds(tx, notificationKinds())).map((kind) => toPreference(kind, ofKind(kind))) };
  },
});

export const changePreference = notifications.route({
  method: 'PUT',
  path: '/notification-preferences',
  summary: 'Choose the channels of one kind',
  permission: 'signed-in',
  body: NewPreference,
  returns: Preference,
  async handle({ body, actor }, { tx, notificationKinds }) {
    const kind = await oneKind(tx, notificationKinds(), body);
    if (!kind) {
      const detail = `The plugin “${body.plugin}” has no kind “${body.kind}”; choose one of the list.`;
      throw new InvalidInput({ errors: [{ pointer: '/kind', detail }] });
    }
    await keepPreference(tx, actor.person, body);
    return toPreference(kind, await preferencesOfKind(tx, actor.person, body.plugin, body.kind));
  },
});
