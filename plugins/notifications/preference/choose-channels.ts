import { type Channel, type Channels, channels } from '../channel.ts';
import type { PreferenceRow } from './preference-table.ts';

/** Whether each channel is on, and, where it is not, why. */
export type Choice = { wanted: Channels; reasons: Record<Channel, string | null> };

/** What a person has chosen goes before what the kind has of itself. */
export function chooseChannels(
  defaults: readonly Channel[],
  chosen: readonly Pick<PreferenceRow, 'channel' | 'wanted'>[],
): Choice {
  const choice: Choice = { wanted: { 'in-app': false, email: false }, reasons: { 'in-app': null, email: null } };
  for (const channel of channels) {
    const preference = chosen.find((row) => row.channel === channel);
    choice.wanted[channel] = preference?.wanted ?? defaults.includes(channel);
    if (!choice.wanted[channel]) choice.reasons[channel] = preference ? switchedOff : notOfItself;
  }
  return choice;
}

/** Why a message is not sent to someone who does not want it. */
export const switchedOff = 'Switched off in the preferences.';
const notOfItself = 'This kind does not use this channel until it is switched on in the preferences.';
