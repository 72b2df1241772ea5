import type { IncomingMessage } from "node:http";
import { clientAddressOf, trusting } from "./client-address";

const request = (peer: string, forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress: peer },
    headers: { "x-forwarded-for": forwarded },
  }) as unknown as IncomingMessage;
const trusts = trusting(["10.0.0.0/8", "2001:db8::1"]);
const addressOf = (peer: string, forwarded?: string): string =>
  clientAddressOf(request(peer, forwarded), trusts);

describe("the client address", () => {
  it.each([
    ["the peer without X-Forwarded-For", "203.0.113.1", undefined, "203.0.113.1"],
    ["the peer when it is not trusted", "203.0.113.1", "1.2.3.4", "203.0.113.1"],
    ["the last address that a trusted proxy added", "10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"],
    [
      "the address added by the first of two trusted proxies",
      "10.0.0.1",
      "1.2.3.4, 203.0.113.9, 10.9.9.9",
      "203.0.113.9",
    ],
    ["the proxy's own when the header has no valid address", "10.0.0.1", "unknown, ", "10.0.0.1"],
    ["an IPv4 peer on a dual-stack socket", "::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["the forwarded one behind an IPv6 proxy", "2001:db8::1", "2001:db8::99", "2001:db8::99"],
  ])("is %s", (_what, peer, forwarded, address) => {
    expect(addressOf(peer, forwarded)).toBe(address);
  });

  it.each(["proxy.local", "10.0.0.0/33", "10.0.0.0/x", "::1/129", ""])(
    "refuses %j as a trusted proxy",
    (proxy) => {
      expect(() => trusting([proxy])).toThrow("A trusted proxy must be an address or a range");
    },
  );
});
