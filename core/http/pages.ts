import { declareProblem } from '@task-connect/sdk';
import type { Middleware } from 'koa';
import type { Authenticate } from '../identity/identity.ts';
import type { Health } from '../observability/health.ts';
import type { Metrics } from '../observability/metrics.ts';
import { consolePages } from './console.ts';
import type { Exchange, Step } from './exchange.ts';
import { healthPages, metricsPage } from './health-pages.ts';
import { identityPages } from './identity-pages.ts';
import { pageHeaders } from './steps/security-headers.ts';

// The way of what is not below /api, in order. Each step answers or passes on.

const NoSuchPage = declareProblem({
  type: 'no-such-page',
  status: 404,
  title: 'Not found',
  detail: (f: { path: string }) => `There is no ${f.path} here. The API is below /api; /api/docs lists it.`,
});

export function makePages(needs: {
  settings: { publicUrl: string };
  base: string;
  identity: Authenticate & { middleware: Middleware };
  health: Health;
  metrics: Pick<Metrics, 'render'>;
  console: { folder: string };
  visits: Step;
}): readonly Step[] {
  const { publicUrl } = needs.settings;
  return [
    pageHeaders(publicUrl),
    healthPages(needs.health, needs.identity),
    metricsPage(needs.metrics, needs.identity),
    identityPages(needs.identity.middleware, publicUrl, needs.visits),
    consolePages(needs.console.folder, needs.base, needs.identity),
    notFound,
  ];
}

function notFound({ path }: Exchange): never {
  throw new NoSuchPage({ path });
}
