import { declareProblem } from '@task-connect/sdk';
import type { Step } from '../exchange.ts';
import { redirect } from './redirect.ts';

// Everything lies below the path of TC_PUBLIC_URL. A proxy passes it on unchanged; the health addresses and the
// metrics also answer without it, because who asks for those stands behind the proxy.

const OutsideBasePath = declareProblem({
  type: 'outside-base-path',
  status: 404,
  title: 'Not found',
  detail: (f: { base: string }) => `Everything is below ${f.base}/ here. Put that before the path.`,
});

const withoutBase = /^\/(health(\/|$)|metrics$)/;

/** `base` is `/tc`, or nothing. */
export function basePath(base: string): Step | undefined {
  if (base === '') return undefined;
  return (exchange) => {
    const { path, method } = exchange;
    if (path.startsWith(base) && path[base.length] === '/') {
      exchange.path = path.slice(base.length);
    } else if (path === base || (path === '/' && (method === 'GET' || method === 'HEAD'))) {
      redirect(exchange, `${base}/${exchange.search && `?${exchange.search}`}`);
    } else if (!withoutBase.test(path)) {
      throw new OutsideBasePath({ base });
    }
  };
}
