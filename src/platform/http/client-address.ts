/**
 * Finds the client's address of a request: the address of the peer or, behind trusted proxies, the last address
 * in X-Forwarded-For that is not a trusted proxy. The header of an untrusted peer is ignored.
 */
import { BlockList, isIP } from "node:net";
import type { IncomingMessage } from "node:http";

export type Trusts = (address: string) => boolean;

/** Parses addresses and ranges such as 10.0.0.0/8. Throws on an invalid one, so that the start fails. */
export function trusting(proxies: readonly string[]): Trusts {
  const list = new BlockList();
  for (const proxy of proxies) addTo(list, proxy);
  return (address) => {
    const plain = unmapped(address);
    return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
  };
}

function addTo(list: BlockList, proxy: string): void {
  const [address = "", bits] = proxy.split("/");
  const family = isIP(address);
  const widest = family === 6 ? 128 : 32;
  const length = bits === undefined ? widest : Number(bits);
  const isLength = Number.isInteger(length) && length >= 0 && length <= widest;
  if (family === 0 || !isLength) {
    throw new Error(`A trusted proxy must be an address or a range such as 10.0.0.0/8, not "${proxy}".`);
  }
  list.addSubnet(address, length, familyOf(address));
}

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

// A dual-stack socket reports an IPv4 peer as ::ffff:10.0.0.1.
const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

export function clientAddressOf(request: IncomingMessage, trusts: Trusts): string {
  const forwarded = String(request.headers["x-forwarded-for"] ?? "").split(",");
  const hops = forwarded.map((hop) => unmapped(hop.trim())).filter((hop) => isIP(hop) !== 0);
  let address = unmapped(request.socket.remoteAddress ?? "");
  while (trusts(address)) {
    const before = hops.pop();
    if (before === undefined) break;
    address = before;
  }
  return address;
}
