/** One server-sent event. */
export type ServerEvent = { id: string | undefined; type: string; data: string };

/**
 * Takes an event stream apart as it comes in, in pieces that may end anywhere (WHATWG HTML, server-sent events).
 * @example const read = makeEventReader(); for (const event of read(piece)) …
 */
export function makeEventReader(): (piece: string) => ServerEvent[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop()!;
    return blocks.flatMap((block) => eventOf(block) ?? []);
  };
}

function eventOf(block: string): ServerEvent | undefined {
  const event: ServerEvent = { id: undefined, type: 'message', data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(\w+)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'id') event.id = value;
    if (field === 'event') event.type = value;
    if (field === 'data') data.push(value);
  }
  // Comments keep the connection open and say nothing.
  return data.length > 0 ? { ...event, data: data.join('\n') } : undefined;
}
