import { channels } from '../channel.ts';
import { notifications } from '../contract.ts';
import { seeKind } from '../kind/kind-table.ts';
import { insertNotification } from '../notification/notification-table.ts';
import { chooseChannels } from '../preference/choose-channels.ts';
import { preferencesOfKind } from '../preference/preference-table.ts';
import { logDelivery } from './delivery-table.ts';

/** Brings a notification to its person: into the inbox at once, to e-mail by an event of its own. */
export const deliverNotification = notifications.handler({
  event: 'notification.requested',
  name: 'deliver-notification',
  async handle({ data, organisation, time }, { tx, publish, live, clock }) {
    const { person, plugin, kind, kindTitle, key, title, body, link, urgent } = data;
    const now = clock.now().toString();
    await seeKind(tx, { plugin, kind, title: kindTitle, channels: data.channels });
    const { wanted, reasons } = chooseChannels(data.channels, await preferencesOfKind(tx, person, plugin, kind));
    const text = [kindTitle, key, title, body, link] as const;
    const id = await insertNotification(tx, [
      person,
      organisation,
      plugin,
      kind,
      ...text,
      urgent,
      wanted['in-app'],
      // When it was said, however long the queue stood.
      time.toString(),
    ]);
    if (!id) return;

    for (const channel of channels) {
      const entry = { person, notification: id, channel, at: now };
      if (!wanted[channel]) await logDelivery(tx, { ...entry, state: 'not-sent', reason: reasons[channel]! });
      else await logDelivery(tx, { ...entry, state: channel === 'in-app' ? 'sent' : 'waiting' });
    }
    if (wanted['in-app']) await live({ type: 'notification', person, data: { notificationId: id } });
    if (wanted.email) await publish('email.requested', { notificationId: id }, { onBehalfOf: person });
  },
});
