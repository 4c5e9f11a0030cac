import { z } from 'zod';
import { type SecretStore, SecretsError } from '../secrets/secrets.ts';

/** Where RabbitMQ is: the secret `services/rabbitmq-connection`. */
export const BrokerAddress = z.object({
  url: z.string().regex(/^amqps?:\/\//),
  /** PEM text of the authority that signed its certificate, where the system does not know it. */
  ca: z.string().optional(),
  /** The management API; with it consumers are compared by name, not only counted. */
  managementUrl: z.url().optional(),
});
export type BrokerAddress = z.infer<typeof BrokerAddress>;

export const brokerSecret = 'services/rabbitmq-connection';

/** Read anew at each connection, so that a changed password is taken up without a restart. */
export async function readBrokerAddress(secrets: Pick<SecretStore, 'read'>): Promise<BrokerAddress> {
  const found = await secrets.read(brokerSecret);
  const parsed = BrokerAddress.safeParse(found?.value);
  if (parsed.success) return parsed.data;
  const fault = found ? `The secret ${brokerSecret} does not fit` : `The secret ${brokerSecret} is missing`;
  throw new SecretsError(
    `${fault}: it says where RabbitMQ is, as url (amqp://user:password@host:5672, or amqps://) and, if needed, ca and managementUrl. Write it with: npx task-connect secret set ${brokerSecret} url=…`,
  );
}
