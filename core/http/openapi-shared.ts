import type { Route } from '@task-connect/sdk';
import type { Parameter } from './openapi-operation.ts';

// The parts of the API document that all routes share: how to prove who one is, headers, and what is refused how.

export const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token of the issuer, or a personal token made in the console',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'session',
    description:
      'The cookie of the console’s session; its name ends in the installation’s id. Writes also need the header X-Requested-With: tc',
  },
};

export const headerParameters: Record<string, Parameter> = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Made up by you, the same for each try: the work is done once and its answer given again',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag that you read; when it was changed since, the answer is 412',
    schema: { type: 'string', examples: ['"7"'] },
  },
  IfMatchRequired: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag that you read; when it was changed since, the answer is 412. `*` means any version',
    schema: { type: 'string', examples: ['"7"'] },
  },
  Organization: {
    name: 'TC-Organization',
    in: 'header',
    required: false,
    description: 'The organisation to act in; your personal one when not given',
    schema: { type: 'string', format: 'uuid' },
  },
};

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

export const sharedResponses = {
  BadRequest: problem('The body is no JSON, or a header cannot be read'),
  BodyNotTaken: problem('The body is not sent as application/json'),
  BodyTooLarge: problem('The body is larger than is taken here'),
  ChangedMeanwhile: problem('Somebody changed it after you read it'),
  Conflict: problem('The present state does not allow it'),
  Forbidden: problem('You lack the permission'),
  IfMatchNeeded: problem('If-Match is missing'),
  InvalidInput: problem('The input has faults; all are listed'),
  NotFound: problem('It is not there, or not yours to see'),
  Problem: problem('Anything else that went wrong'),
  SignInNeeded: problem('You are not signed in, or your token is not good'),
  TooManyRequests: problem('The limit of requests is reached; Retry-After says when to go on'),
};

/** What may be refused on this route. */
export function problemResponses(route: Route): Record<string, { $ref: string }> {
  const writes = route.method !== 'GET';
  const { permission, ifMatch } = route;
  const names: [string, string | false | undefined][] = [
    ['400', writes && 'BadRequest'],
    ['401', permission !== null && 'SignInNeeded'],
    ['403', permission !== null && (writes || permission !== 'signed-in') && 'Forbidden'],
    ['404', 'NotFound'],
    ['409', writes && 'Conflict'],
    ['412', (ifMatch || (writes && route.method !== 'POST')) && 'ChangedMeanwhile'],
    ['413', writes && 'BodyTooLarge'],
    ['415', writes && 'BodyNotTaken'],
    ['422', 'InvalidInput'],
    ['428', ifMatch && 'IfMatchNeeded'],
    ['429', 'TooManyRequests'],
    ['default', 'Problem'],
  ];
  return Object.fromEntries(
    names.flatMap(([status, name]) => (name ? [[status, { $ref: `#/components/responses/${name}` }]] : [])),
  );
}
