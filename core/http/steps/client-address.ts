import { BlockList, isIP } from 'node:net';
import type { Exchange, Step } from '../exchange.ts';

// Whom the request is from. What a header says of that is believed only when the socket belongs to a listed proxy, and
// of the header only what the nearest unlisted hop is said to be: everything left of it could be made up.

export function clientAddress(trustedProxies: readonly string[]): Step {
  if (trustedProxies.length === 0) return fromSocket;
  const trusts = trustIn(trustedProxies);
  return (exchange) => {
    fromSocket(exchange);
    if (!trusts(exchange.address)) return;
    exchange.throughProxy = true;
    const hops = (exchange.headers['x-forwarded-for'] ?? '').toString().split(',');
    for (let i = hops.length - 1; i >= 0; i--) {
      const hop = plain(hops[i]!.trim());
      if (isIP(hop) === 0) return;
      exchange.address = hop;
      if (!trusts(hop)) return;
    }
  };
}

function fromSocket(exchange: Exchange): void {
  const address = exchange.req.socket.remoteAddress ?? '';
  exchange.address = address.startsWith('::ffff:') ? plain(address) : address;
}

const plain = (address: string): string => (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice(7) : address);

/** Whether an address belongs to a list of addresses and networks (CIDR). */
function trustIn(list: readonly string[]): (address: string) => boolean {
  const block = new BlockList();
  for (const entry of list) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    try {
      if (bits === undefined) block.addAddress(address, family);
      else block.addSubnet(address, Number(bits), family);
    } catch {
      throw new Error(`TC_TRUSTED_PROXIES names “${entry}”. Give addresses or networks such as 10.0.0.0/8.`);
    }
  }
  // Proxies are few and asked about with every request.
  const known = new Map<string, boolean>();
  return (address) => {
    let trusted = known.get(address);
    if (trusted === undefined) {
      const family = isIP(address);
      trusted = family !== 0 && block.check(address, family === 6 ? 'ipv6' : 'ipv4');
      if (known.size < 1000) known.set(address, trusted);
    }
    return trusted;
  };
}
