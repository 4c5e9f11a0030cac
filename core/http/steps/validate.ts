import { InvalidInput } from '@task-connect/sdk';

import type { Exchange } from '../exchange.ts';
import type { Fault } from '../input-faults.ts';
import { addUnstorable } from '../input-readers.ts';

/** Reads path, query and body by the route’s schemas; all that is wrong is said at once. */
export function validate(exchange: Exchange): void {
  const route = exchange.route!;
  const faults: Fault[] = [];
  exchange.params = route.readParams(exchange.captured, faults);
  exchange.query = route.readQuery(exchange.search, faults);
  if (route.takesBody) {
    const { body, bodyBytes } = exchange;
    exchange.body = route.readBody(body, faults);
    // Raw bytes are UTF-8 and a raw NUL is no JSON, so only an escape can bring in what cannot be stored.
    // A plain text may hold it as it is.
    if (!route.takesBytes && (route.plainText || bodyBytes?.includes('\\u'))) addUnstorable(body, [], faults);
  }
  if (faults.length > 0) throw new InvalidInput({ errors: once(faults) });
}

/** A schema may have found a text unstorable before we did. */
function once(faults: Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ pointer, detail }) => {
    const fault = `${pointer} ${detail}`;
    return !seen.has(fault) && seen.add(fault);
  });
}
