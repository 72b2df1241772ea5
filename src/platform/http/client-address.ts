/**
 * Whose address is a request's? The peer's, unless the peer is a proxy that we trust: then the last address
 * that a trusted proxy wrote down. What an untrusted client puts in the header is never believed.
 */
import { BlockList, isIP } from "node:net";
import type { IncomingMessage } from "node:http";

export type Trusts = (address: string) => boolean;

/** Reads addresses and ranges such as 10.0.0.0/8. Throws at the start, not at the first request, on a bad one. */
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

// A dual-stack socket writes an IPv4 peer as ::ffff:10.0.0.1.
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
