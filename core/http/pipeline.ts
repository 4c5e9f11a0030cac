import type { Authenticate } from '../identity/identity.ts';
import type { Step } from './exchange.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RouteTable } from './route-table.ts';
import { authenticate } from './steps/authenticate.ts';
import { authorise } from './steps/authorise.ts';
import { basePath } from './steps/base-path.ts';
import { readBody } from './steps/body.ts';
import { canonicalHost } from './steps/canonical-host.ts';
import { clientAddress } from './steps/client-address.ts';
import { cors } from './steps/cors.ts';
import { findRoute } from './steps/find-route.ts';
import { idempotencyKey } from './steps/idempotency.ts';
import { ifMatch } from './steps/if-match.ts';
import { perform } from './steps/perform.ts';
import { rateLimits } from './steps/rate-limit.ts';
import { requestId } from './steps/request-id.ts';
import { respond } from './steps/respond.ts';
import { securityHeaders } from './steps/security-headers.ts';
import { target } from './steps/target.ts';
import { validate } from './steps/validate.ts';

// The way of a request, in order. Whatever a step throws becomes an answer in steps/problem-details.ts; log and metrics
// are told afterwards. What is not below /api are pages: see pages.ts.

export type EdgeSettings = {
  publicUrl: string;
  trustedProxies: readonly string[];
  corsOrigins: readonly string[];
  readonly rateLimit: number;
  readonly anonymousRateLimit: number;
};

export type Pipeline = { arrival: readonly Step[]; api: readonly Step[]; visits: Step };

export function makePipeline(needs: {
  settings: EdgeSettings;
  base: string;
  identity: Authenticate;
  table: () => RouteTable;
  limiter: RateLimiter;
  /** Aborted when the process is to stop. */
  stopping: AbortSignal;
}): Pipeline {
  const { settings, base } = needs;
  const limits = rateLimits(needs.limiter, settings);
  return {
    visits: limits.visits,
    arrival: present([
      clientAddress(settings.trustedProxies),
      requestId,
      target,
      basePath(base),
      canonicalHost(settings.publicUrl, base),
    ]),
    api: present([
      securityHeaders(settings.publicUrl),
      settings.corsOrigins.length > 0 ? cors(settings.corsOrigins) : undefined,
      authenticate(needs.identity, limits.countRefusal),
      limits.requests,
      findRoute(needs.table),
      authorise,
      ifMatch,
      idempotencyKey,
      readBody,
      validate,
      perform(needs.stopping),
      respond,
    ]),
  };
}

const present = (steps: readonly (Step | undefined)[]): readonly Step[] => steps.filter((step) => step !== undefined);
