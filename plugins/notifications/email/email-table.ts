import { statement, type Tx } from '@task-connect/sdk';
import type { DeliveryState } from '../delivery/delivery.ts';

export type EmailRow = {
  id: string;
  person_id: string;
  kind_title: string;
  title: string;
  body: string | null;
  link: string | null;
  created_at: string;
  /** What the person prefers now; null when they never chose. */
  wanted: boolean | null;
  state: DeliveryState | null;
};

// There is no condition on the person: row-level security shows only those of the person on whose behalf this runs.
const find = statement<[id: string], EmailRow>(
  'notifications.find-email',
  `select n.id, n.person_id, n.kind_title, n.title, n.body, n.link, n.created_at, p.wanted, d.state
   from notification n
   left join preference p
     on p.person_id = n.person_id and p.plugin = n.plugin and p.kind = n.kind and p.channel = 'email'
   left join delivery d on d.person_id = n.person_id and d.notification_id = n.id and d.channel = 'email'
   where n.id = $1`,
);

/** What is to be sent, with what is known at this moment of whether it should be. */
export async function findEmail(tx: Tx, notification: string): Promise<EmailRow | undefined> {
  const [row] = await tx.query(find, [notification]);
  return row;
}
