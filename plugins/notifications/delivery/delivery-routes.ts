import { notifications } from '../contract.ts';
import { DeliveryPage, DeliveryQuery } from './delivery.ts';
import { deliveryPage } from './delivery-table.ts';

export const listDeliveries = notifications.route({
  method: 'GET',
  path: '/notification-deliveries',
  summary: 'List what became of what you were told, on each channel',
  description: 'Says of every message that it was sent, or why it was not.',
  permission: 'signed-in',
  query: DeliveryQuery,
  returns: DeliveryPage,
  handle: ({ query, actor }, { tx }) => deliveryPage(tx, actor.person, query),
});
