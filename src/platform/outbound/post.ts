/**
 * Sends POST requests to URLs that others gave us. Each request resolves the host name again, checks all of its
 * addresses and connects only to those. It follows no redirects, ignores proxy variables of the environment, reuses
 * no connections and discards the body of the response.
 */
import { Resolver } from "node:dns/promises";
import type { ClientRequest, IncomingMessage } from "node:http";
import { Agent, request as open, type RequestOptions } from "node:https";
import { isIP, type BlockList, type LookupFunction } from "node:net";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { after, cancel } from "../clock";
import { mayConnectTo } from "./addresses";
import { connectionFaultOf, type OutboundFault } from "./faults";
import { literalOf, targetFault } from "./target";

export interface RequestContent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type OutboundAnswer =
  | { readonly kind: "ANSWERED"; readonly status: number; readonly retryAfter: string | null }
  | { readonly kind: "FAILED"; readonly reason: OutboundFault };

export type Resolve = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface OutboundOptions {
  /** Networks that are allowed in addition to public addresses. */
  readonly allowed: BlockList;
  /** An additional certificate authority in PEM, besides those that Node trusts. */
  readonly ca: string | null;
  readonly resolve?: Resolve;
  /** Default: what docs/webhooks.md promises. */
  readonly timeoutMs?: number;
}

export const outboundTimeoutMs = 10_000;
const answerBytes = 4_096;
const lingerMs = 1_000;

export class Outbound {
  private readonly agent = new Agent({ keepAlive: false, maxCachedSessions: 0 });

  /** Created once, because loading the root certificates takes longer than a request. */
  private readonly secureContext: SecureContext;

  constructor(private readonly options: OutboundOptions) {
    const { ca } = options;
    const trusted = ca === null ? {} : { ca: [...rootCertificates, ca] };
    this.secureContext = createSecureContext({ minVersion: "TLSv1.2", ...trusted });
  }

  /** Says what is wrong with a URL, or returns null. */
  faultOf(url: string): string | null {
    return targetFault(url, this.options.allowed);
  }

  /**
   * Calls `write` once the connection is open, so that its data is as fresh as possible. Throws the errors of
   * `write`, and when `signal` aborts. Failures of the other side are returned.
   */
  async post(
    url: string,
    write: () => Promise<RequestContent>,
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    const controller = new AbortController();
    const { signal: ending } = controller;
    const end = (): void => controller.abort();
    const timer = after(this.options.timeoutMs ?? outboundTimeoutMs, end);
    signal.addEventListener("abort", end, { once: true });
    try {
      signal.throwIfAborted();
      const addresses = await this.addressesOf(new URL(url), ending);
      if (typeof addresses === "string") return { kind: "FAILED", reason: addresses };
      return await this.exchange({ url: new URL(url), addresses, ending }, write);
    } catch (error) {
      signal.throwIfAborted();
      if (ending.aborted) return { kind: "FAILED", reason: "TIMED_OUT" };
      throw error;
    } finally {
      cancel(timer);
      signal.removeEventListener("abort", end);
    }
  }

  private async addressesOf(url: URL, ending: AbortSignal): Promise<readonly string[] | OutboundFault> {
    if (this.faultOf(url.href) !== null) return "ADDRESS_REFUSED";
    const literal = literalOf(url);
    const found = literal === null ? await this.resolved(url.hostname, ending) : [literal];
    if (found.length === 0) return "NAME_NOT_FOUND";
    return found.every((address) => mayConnectTo(address, this.options.allowed)) ? found : "ADDRESS_REFUSED";
  }

  private async resolved(name: string, ending: AbortSignal): Promise<readonly string[]> {
    const found = await (this.options.resolve ?? resolveBoth)(name, ending);
    ending.throwIfAborted();
    return found;
  }

  private async exchange(
    { url, addresses, ending }: Destination,
    write: () => Promise<RequestContent>,
  ): Promise<OutboundAnswer> {
    const options: RequestOptions & { readonly secureContext: SecureContext } = {
      method: "POST",
      agent: this.agent,
      lookup: pinnedTo(addresses),
      secureContext: this.secureContext,
      rejectUnauthorized: true,
      signal: ending,
    };
    const request = open(url, options);
    return new Promise<OutboundAnswer>((resolve, reject) => {
      let written: unknown = null;
      request.on("error", (error) => {
        if (ending.aborted || written !== null) reject(written instanceof Error ? written : error);
        else resolve({ kind: "FAILED", reason: connectionFaultOf(error) });
      });
      request.once("response", (response) => {
        resolve({ kind: "ANSWERED", status: response.statusCode ?? 0, retryAfter: retryAfterOf(response) });
        discard(response);
      });
      whenConnected(request, () => {
        write().then(
          (content) => send(request, content),
          (error: unknown) => {
            written = error;
            request.destroy(error instanceof Error ? error : new Error("The request could not be written."));
          },
        );
      });
    });
  }
}

interface Destination {
  readonly url: URL;
  readonly addresses: readonly string[];
  readonly ending: AbortSignal;
}

/** Queries the name servers directly. The system resolver would block threads that file access needs too. */
async function resolveBoth(name: string, ending: AbortSignal): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const cancel = (): void => resolver.cancel();
  ending.addEventListener("abort", cancel, { once: true });
  try {
    const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    return found.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  } finally {
    ending.removeEventListener("abort", cancel);
  }
}

function pinnedTo(addresses: readonly string[]): LookupFunction {
  const checked = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_name, { all }, callback) => {
    const [first] = checked;
    if (all === true) callback(null, checked);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function whenConnected(request: ClientRequest, then: () => void): void {
  request.once("socket", (socket) => socket.once("secureConnect", then));
}

function send(request: ClientRequest, { headers, body }: RequestContent): void {
  if (request.destroyed) return;
  for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
  request.setHeader("content-length", Buffer.byteLength(body));
  request.end(body);
}

const retryAfterOf = ({ headers }: IncomingMessage): string | null => headers["retry-after"] ?? null;

/** Only the status matters. A little of the body is read and discarded, so that the other side can finish. */
function discard(response: IncomingMessage): void {
  let bytes = 0;
  const timer = after(lingerMs, () => response.destroy()).unref();
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > answerBytes) response.destroy();
  });
  response.once("close", () => cancel(timer));
  response.on("error", () => undefined);
}
