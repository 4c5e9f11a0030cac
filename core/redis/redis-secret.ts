import { type SecretStore, SecretsError } from '../secrets/secrets.ts';

/** Where Redis is, from the secret `services/redis-connection`. */
export type RedisAddress = { url: string; ca: string | undefined };

export const redisSecret = 'services/redis-connection';

/** Says in one line what is missing or wrong, and the command that mends it. */
export async function readRedisSecret(secrets: SecretStore): Promise<RedisAddress> {
  const found = await secrets.read(redisSecret);
  const mend = `Write it: npx task-connect secret set ${redisSecret} url=redis://:PASSWORD@HOST:6379`;
  if (!found) {
    throw new SecretsError(
      `TC_CACHE is redis, and there is no secret ${redisSecret} (fields url and, for TLS, ca). ${mend}`,
    );
  }
  const { url, ca } = found.value;
  if (typeof url !== 'string' || !/^rediss?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
    throw new SecretsError(
      `The field url of the secret ${redisSecret} is not a redis:// or rediss:// address. ${mend}`,
    );
  }
  const authority = typeof ca === 'string' && ca !== '' ? ca : undefined;
  if (authority && !url.startsWith('rediss:')) {
    throw new SecretsError(
      `The secret ${redisSecret} has a ca, but its url is not encrypted. Begin the url with rediss://, or take the ca out.`,
    );
  }
  return { url, ca: authority };
}
