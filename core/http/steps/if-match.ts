import { declareProblem } from '@task-connect/sdk';
import type { Exchange } from '../exchange.ts';

const BadIfMatch = declareProblem({
  type: 'bad-if-match',
  status: 400,
  title: 'If-Match cannot be read',
  detail: () => 'Send the ETag that you got when you read it, as it was: If-Match: "7". One, and not a weak one (W/).',
});

const IfMatchNeeded = declareProblem({
  type: 'if-match-needed',
  status: 428,
  title: 'If-Match is missing',
  detail: () =>
    'Read it first, then send its ETag as If-Match, so that nobody’s change is overwritten unseen; If-Match: * means any version.',
});

const versionTag = /^"(\d{1,15})"$/;

/** The version that the client saw, for `checkVersion`; with `*` any will do. */
export function ifMatch(exchange: Exchange): void {
  const tag = exchange.headers['if-match'];
  if (tag === undefined) {
    if (exchange.route!.needsIfMatch) throw new IfMatchNeeded({});
  } else if (tag !== '*') {
    const version = versionTag.exec(tag)?.[1];
    if (version === undefined) throw new BadIfMatch({});
    exchange.ifMatch = Number(version);
  }
}
