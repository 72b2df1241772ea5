/**
 * Client of an approved e-invoicing platform through the common interface (AFNOR XP Z12-013, flow service),
 * with OAuth 2 client credentials.
 */
import { createHash } from "node:crypto";
import { askJson, type JsonAnswer, type JsonRequest } from "../../platform/ask-json";
import type { Clock } from "../../platform/clock";
import { FlowRefused, type OutgoingFlow, type Platform, type PlatformFlow } from "./platform";

export interface AfnorSettings {
  /** Base URL without a trailing slash; `/v1/flows` is appended. */
  readonly base: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const timeoutMs = 30_000;
/** A token is renewed this long before it expires. */
const marginMs = 30_000;
const pageSize = 100;
/** A report of international sales (flow 10.1). */
const salesReport = "IndividualCustomerTransactionReport";
const followed = ["CustomerInvoice", "CustomerInvoiceLC", "SupplierInvoiceLC", salesReport];
/** What the interface has to know of a flow beside its syntax. */
const about: Readonly<Record<OutgoingFlow["syntax"], Readonly<Record<string, string>>>> = {
  "Factur-X": { processingRule: "B2B", flowProfile: "CIUS" },
  CDAR: { processingRule: "B2B" },
  FRR: { processingRule: "B2BInt", flowType: salesReport },
};
/** Client errors that may not recur: authorisation, conflicts, timeouts and rate limits. */
const another = new Set([401, 403, 408, 409, 425, 429]);

export function afnorPlatform(settings: AfnorSettings, clock: Clock): Platform {
  return new AfnorPlatform(settings, clock);
}

class AfnorPlatform implements Platform {
  readonly pageSize = pageSize;
  private token: { readonly text: string; readonly until: number } | null = null;

  constructor(
    private readonly settings: AfnorSettings,
    private readonly clock: Clock,
  ) {}

  async submit({ trackingId, name, syntax, content }: OutgoingFlow): Promise<string> {
    const type = syntax === "Factur-X" ? "application/pdf" : "application/xml";
    const info = {
      ...{ trackingId, name, flowSyntax: syntax, ...about[syntax] },
      sha256: createHash("sha256").update(content).digest("hex"),
    };
    const form = new FormData();
    form.set("flowInfo", new Blob([JSON.stringify(info)], { type: "application/json" }));
    form.set("file", new Blob([Buffer.from(content)], { type }), name);
    return submitted(await this.ask({ path: "/v1/flows", body: form }));
  }

  async find(trackingId: string): Promise<PlatformFlow | null> {
    const [found] = await this.search({ trackingId });
    return found ?? null;
  }

  updatedAfter(instant: string): Promise<PlatformFlow[]> {
    return this.search({ updatedAfter: instant, flowType: followed });
  }

  async content(flowId: string): Promise<string> {
    const path = `/v1/flows/${encodeURIComponent(flowId)}?docType=Original`;
    const { status, text } = await this.ask({ path, isText: true });
    if (status !== 200) throw new Error(`the platform answered with status ${String(status)}`);
    return text;
  }

  private async search(where: Readonly<Record<string, unknown>>): Promise<PlatformFlow[]> {
    const { status, body } = await this.ask({ path: "/v1/flows/search", body: { limit: pageSize, where } });
    const results = (body as { results?: unknown } | null)?.results;
    if (status !== 200 || !Array.isArray(results)) {
      throw new Error(`the platform answered a search with status ${String(status)}`);
    }
    return (results as unknown[]).flatMap(flowOf);
  }

  /** Retries once with a new token when the current one is rejected. */
  private async ask(request: Asked): Promise<JsonAnswer> {
    const first = await this.once(request);
    if (first.status !== 401) return first;
    this.token = null;
    return this.once(request);
  }

  private async once({ path, ...request }: Asked): Promise<JsonAnswer> {
    const headers = { authorization: `Bearer ${await this.bearer()}` };
    return askJson({ ...request, url: new URL(this.settings.base + path), timeoutMs, headers });
  }

  private async bearer(): Promise<string> {
    const now = this.clock.now().getTime();
    if (this.token && this.token.until > now) return this.token.text;
    const { tokenUrl, clientId, clientSecret } = this.settings;
    const body = new URLSearchParams({
      ...{ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret },
    });
    const { status, body: answer } = await askJson({ url: new URL(tokenUrl), timeoutMs, body });
    const text = fieldOf(answer, "access_token");
    if (status !== 200 || text === null) throw new Error(`no token was issued: status ${String(status)}`);
    const seconds = Number((answer as { expires_in?: unknown }).expires_in);
    const heldMs = Number.isFinite(seconds) ? seconds * 1000 - marginMs : 0;
    this.token = { text, until: now + heldMs };
    return text;
  }
}

function submitted({ status, body }: JsonAnswer): string {
  const flowId = fieldOf(body, "flowId");
  if (status < 300 && flowId !== null) return flowId;
  const isForGood = status >= 400 && status < 500 && !another.has(status);
  if (!isForGood) throw new Error(`the platform answered with status ${String(status)}`);
  throw new FlowRefused(fieldOf(body, "errorMessage") ?? `status ${String(status)}`);
}

type Asked = Pick<JsonRequest, "body" | "isText"> & { readonly path: string };
type Fields = Readonly<Record<string, unknown>>;

function fieldOf(body: unknown, name: string): string | null {
  const value = typeof body === "object" && body !== null ? (body as Fields)[name] : null;
  return typeof value === "string" && value !== "" ? value.slice(0, 500) : null;
}

const acknowledgements: Readonly<Record<string, PlatformFlow["acknowledgement"]>> = {
  Ok: "OK",
  Error: "ERROR",
};

/** Ignores a flow without an id or a valid time of update. */
function flowOf(found: unknown): PlatformFlow[] {
  const [flowId, updatedAt] = [fieldOf(found, "flowId"), fieldOf(found, "updatedAt")];
  if (flowId === null || updatedAt === null || Number.isNaN(Date.parse(updatedAt))) return [];
  const { acknowledgement } = found as { acknowledgement?: unknown };
  return [
    {
      ...{ flowId, updatedAt, trackingId: fieldOf(found, "trackingId") },
      isLifeCycle: fieldOf(found, "flowType")?.endsWith("LC") === true,
      isIncoming: fieldOf(found, "flowDirection") === "In",
      acknowledgement: acknowledgements[fieldOf(acknowledgement, "status") ?? ""] ?? "PENDING",
      reason: reasonOf(acknowledgement),
    },
  ];
}

/** All details, each as its code and its message. */
function reasonOf(acknowledgement: unknown): string | null {
  const details = (acknowledgement as { details?: unknown } | null)?.details;
  const reasons = (Array.isArray(details) ? (details as unknown[]) : []).flatMap((detail) => {
    const parts = [fieldOf(detail, "reasonCode"), fieldOf(detail, "reasonMessage")];
    const given = parts.filter((part) => part !== null);
    return given.length === 0 ? [] : given.join(": ");
  });
  return reasons.length === 0 ? null : reasons.join("; ");
}
