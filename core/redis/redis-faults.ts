import { type RedisAddress, redisSecret } from './redis-secret.ts';

/** What is wrong with Redis and what to do, in a sentence or two, without the password. */
export function faultInWords(error: unknown, { url }: RedisAddress): string {
  const at = `Redis at ${new URL(url).host}`;
  const text = error instanceof Error ? error.message : error === undefined ? '' : String(error);
  if (/WRONGPASS|NOAUTH|invalid password|without any password/i.test(text))
    return `${at} refuses the login. Correct name and password in the url of the secret ${redisSecret}.`;
  if (/NOPERM/.test(text))
    return `${at} does not let this login do what is needed (${text}). Its ACL has to allow: ~tc:* +@read +@write +@scripting +time.`;
  if (/^OOM|maxmemory/i.test(text))
    return `${at} is full and takes nothing more. Raise maxmemory, or set a policy that evicts.`;
  if (/READONLY/.test(text))
    return `${at} is a replica that takes no writes. Let the secret ${redisSecret} name the primary.`;
  if (/LOADING/.test(text)) return `${at} reads its data in and answers soon.`;
  if (/MISCONF/.test(text)) return `${at} cannot save to its disk and takes no writes (${text.slice(0, 120)}).`;
  if (/certificate|self.signed|altname|SSL|TLS/i.test(text))
    return `${at} cannot be trusted: ${text}. Check ca and host name in the secret ${redisSecret}.`;
  if (/No answer within/.test(text)) return `${at} does not answer.`;
  return `${at} cannot be reached${text ? ` (${text})` : ''}.`;
}
