import { notifications } from './contract.ts';
import { deliverNotification } from './delivery/deliver-notification.ts';
import { listDeliveries } from './delivery/delivery-routes.ts';
import { sendEmail } from './email/send-email.ts';
import { countNotifications, listNotifications, markAllRead, markRead } from './notification/notification-routes.ts';
import { changePreference, listPreferences } from './preference/preference-routes.ts';

export default notifications.plugin({
  migrations: new URL('./migrations/', import.meta.url),
  routes: [
    ...[listNotifications, countNotifications, markAllRead, markRead],
    ...[listPreferences, changePreference],
    listDeliveries,
  ],
  handlers: [deliverNotification, sendEmail],
  screens: new URL('./screens/index.tsx', import.meta.url),
  demo: new URL('./demo.ts', import.meta.url),
});
