/**
 * A fake e-invoicing platform on loopback with the parts of AFNOR XP Z12-013 that we use: tokens that expire, flows
 * that are found by our own id, life-cycle messages, and failures on demand. It refuses a life-cycle message of ours that breaks a
 * rule, with the names of the rules.
 */
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brokenCdarRules } from "./cdar-rules";
import { brokenReportRules } from "./report-rules";

/** The outcome of the next submission. */
export type PlatformFault = "500_AFTER" | "NO_ANSWER_AFTER" | "500_BEFORE" | "REFUSED" | "NO_TOKEN";

export interface SubmittedFlow {
  readonly flowId: string;
  readonly trackingId: string;
  readonly name: string;
  readonly syntax: string;
  readonly info: Readonly<Record<string, string>>;
  readonly content: Buffer;
}

export interface EinvoicingServer {
  readonly url: string;
  readonly faults: PlatformFault[];
  /** The flows that the platform accepted, in order. */
  readonly taken: SubmittedFlow[];
  /** Publishes a message about a document. Repeating it with the same id only changes its time. */
  say(document: string, code: string, more?: Said): string;
  /** Rejects a flow after it was accepted. */
  refuse(flowId: string, ...reasons: readonly string[]): void;
  /** Makes the content of a flow unavailable, or available again. */
  breakContent(flowId: string, broken: boolean): void;
  endTokens(): void;
  stop(): Promise<void>;
}

export interface Said {
  readonly at?: string;
  /** The code of a reason, and its text. */
  readonly reasons?: readonly (readonly [string, string])[];
  readonly flowId?: string;
  /** Instead of a message with the values above. */
  readonly xml?: string;
}

interface Kept {
  readonly flowId: string;
  readonly trackingId: string | null;
  readonly flowType: string;
  readonly flowDirection: "In" | "Out";
  updatedAt: string;
  acknowledgement: Record<string, unknown>;
  readonly original: Buffer;
}

const messageOf = (document: string, code: string, { at, reasons = [] }: Said & { at: string }): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossDomainAcknowledgementAndResponse xmlns:rsm="r" xmlns:ram="a" xmlns:udt="u">
  <rsm:ExchangedDocument><ram:ID>LC</ram:ID><ram:IssueDateTime><udt:DateTimeString format="204">${at}</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
  <rsm:AcknowledgementDocument><ram:ReferenceReferencedDocument>
    <ram:IssuerAssignedID>${document}</ram:IssuerAssignedID><ram:ProcessConditionCode>${code}</ram:ProcessConditionCode>
    ${reasons.map(detailOf).join("")}
  </ram:ReferenceReferencedDocument></rsm:AcknowledgementDocument>
</rsm:CrossDomainAcknowledgementAndResponse>`;

const detailOf = ([code, text]: readonly [string, string], index: number): string =>
  `<ram:SpecifiedDocumentStatus><ram:ReasonCode>${code}</ram:ReasonCode><ram:Reason>${text}</ram:Reason>
   <ram:SequenceNumeric>${String(index + 1)}</ram:SequenceNumeric></ram:SpecifiedDocumentStatus>`;

/** Why the platform refuses a flow: the rules that one of our life-cycle messages or reports breaks. */
function brokenRulesOf(syntax: string, content: Buffer): readonly string[] {
  if (syntax === "CDAR") return brokenCdarRules(content.toString());
  return syntax === "FRR" ? brokenReportRules(content.toString()) : [];
}

const flowTypes: Readonly<Record<string, string>> = {
  CDAR: "CustomerInvoiceLC",
  FRR: "IndividualCustomerTransactionReport",
};

export async function startEinvoicing(clock: () => Date): Promise<EinvoicingServer> {
  const flows = new Map<string, Kept>();
  const broken = new Set<string>();
  const [faults, taken]: [PlatformFault[], SubmittedFlow[]] = [[], []];
  let [token, made] = [randomUUID(), 0];
  const idOf = (): string => `flow-${String(++made)}`;
  const now = (): string => clock().toISOString();

  async function submit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = faults.shift();
    if (fault === "500_BEFORE") return answer(response, 500, { errorCode: "INTERNAL" });
    const form = await formOf(request);
    const info = JSON.parse(await partOf(form, "flowInfo").text()) as Record<string, string>;
    const content = Buffer.from(await partOf(form, "file").arrayBuffer());
    const hash = createHash("sha256").update(content).digest("hex");
    if (fault === "REFUSED" || hash !== info["sha256"])
      return answer(response, 422, { errorMessage: "BR-FR-01: the name is not taken" });
    const syntax = String(info["flowSyntax"]);
    const broken = brokenRulesOf(syntax, content);
    if (broken.length > 0) return answer(response, 422, { errorMessage: broken.join(", ") });
    const flowId = idOf();
    taken.push({
      flowId,
      trackingId: String(info["trackingId"]),
      name: String(info["name"]),
      syntax,
      info,
      content,
    });
    flows.set(flowId, {
      ...{ flowId, trackingId: String(info["trackingId"]), updatedAt: now(), original: content },
      flowType: flowTypes[syntax] ?? "CustomerInvoice",
      ...{ flowDirection: "Out", acknowledgement: { status: "Pending" } },
    });
    if (fault === "NO_ANSWER_AFTER") return void request.socket.destroy();
    answer(response, fault === "500_AFTER" ? 500 : 202, fault === "500_AFTER" ? {} : { ...info, flowId });
  }

  async function search(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { limit, where } = JSON.parse((await bytesOf(request)).toString()) as {
      limit: number;
      where: { updatedAfter?: string; trackingId?: string; flowType?: string[] };
    };
    const { updatedAfter = "", trackingId, flowType } = where;
    const found = [...flows.values()]
      .filter((flow) => flow.updatedAt > updatedAfter)
      .filter((flow) => trackingId === undefined || flow.trackingId === trackingId)
      .filter((flow) => flowType === undefined || flowType.includes(flow.flowType))
      // Newest first, because clients must not depend on the order.
      .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
      .slice(-limit);
    answer(response, 200, { limit, results: found.map(({ original: _, ...flow }) => flow) });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://platform");
    if (url.pathname === "/token") return answer(response, 200, { access_token: token, expires_in: 3600 });
    if (faults[0] === "NO_TOKEN") token = randomUUID();
    if (request.headers.authorization !== `Bearer ${token}`) {
      if (faults[0] === "NO_TOKEN") faults.shift();
      request.resume();
      return answer(response, 401, {});
    }
    if (url.pathname === "/v1/flows") return void submit(request, response);
    if (url.pathname === "/v1/flows/search") return void search(request, response);
    const flow = flows.get(url.pathname.split("/")[3] ?? "");
    if (!flow || broken.has(flow.flowId)) return answer(response, flow ? 500 : 404, {});
    response.writeHead(200, { "content-type": "application/xml" }).end(flow.original);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    ...{ faults, taken },
    say(document, code, { at = now(), flowId = idOf(), xml, ...more } = {}) {
      const original = Buffer.from(xml ?? messageOf(document, code, { at, ...more }));
      const about = { flowType: "CustomerInvoiceLC", flowDirection: "In" as const };
      flows.set(flowId, {
        flowId,
        trackingId: null,
        ...about,
        updatedAt: now(),
        acknowledgement: { status: "Ok" },
        original,
      });
      return flowId;
    },
    refuse(flowId, ...reasons) {
      const flow = flows.get(flowId);
      if (!flow) throw new Error("There is no such flow.");
      flow.updatedAt = now();
      flow.acknowledgement = {
        status: "Error",
        details: reasons.map((reasonMessage) => ({ level: "Error", reasonCode: "REJ_SEMAN", reasonMessage })),
      };
    },
    breakContent(flowId, isBroken) {
      if (isBroken) broken.add(flowId);
      else broken.delete(flowId);
    },
    endTokens: () => {
      token = randomUUID();
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const formOf = async (request: IncomingMessage): Promise<FormData> => {
  const headers = { "content-type": String(request.headers["content-type"]) };
  const whole = new Response(new Uint8Array(await bytesOf(request)), { headers });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- a test double that receives one small form at a time
  return whole.formData();
};

function partOf(form: FormData, name: string): File {
  const part = form.get(name);
  if (part === null || typeof part === "string") throw new Error(`There is no part ${name}.`);
  return part;
}
