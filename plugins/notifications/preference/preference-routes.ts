import { InvalidInput } from '@task-connect/sdk';
import { notifications } from '../contract.ts';
import { findKind, type KindRow, knownKinds } from '../kind/kind-table.ts';
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
  description: 'A kind stands here once somebody was told of it.',
  permission: 'signed-in',
  returns: PreferenceList,
  async handle({ actor }, { tx }) {
    const chosen = await preferencesOf(tx, actor.person);
    const ofKind = (kind: KindRow) => chosen.filter((row) => row.plugin === kind.plugin && row.kind === kind.kind);
    return { items: (await knownKinds(tx)).map((kind) => toPreference(kind, ofKind(kind))) };
  },
});

export const changePreference = notifications.route({
  method: 'PUT',
  path: '/notification-preferences',
  summary: 'Choose the channels of one kind',
  permission: 'signed-in',
  body: NewPreference,
  returns: Preference,
  async handle({ body, actor }, { tx }) {
    const kind = await findKind(tx, body.plugin, body.kind);
    if (!kind) {
      const detail = `Nobody was told of “${body.kind}” of the plugin “${body.plugin}” yet; choose one of the list.`;
      throw new InvalidInput({ errors: [{ pointer: '/kind', detail }] });
    }
    await keepPreference(tx, actor.person, body);
    return toPreference(kind, await preferencesOfKind(tx, actor.person, body.plugin, body.kind));
  },
});
