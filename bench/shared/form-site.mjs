/** A form site that takes a person from the form to the confirmed request, with one HTTP connection per request. */
import { Agent, request } from "node:http";
import { now } from "./clock.mjs";

const formDocument = `query ($product: ID!) { form(product: $product) { version confirmBy
  fields { id type required options { value } } consent { text } } }`;
const previewDocument = `mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) {
  token expiresAt rankedBy recipients { supplierId name city } } }`;
const submitDocument = `mutation ($input: SubmitLeadInput!) { submitLead(input: $input) { __typename
  ... on ConfirmationRequired { reference personalToken sentTo demoCode } ... on LeadRefused { reason } } }`;
const confirmDocument = `mutation ($input: ConfirmPhoneInput!) { confirmPhone(input: $input) { __typename
  ... on LeadSubmitted { reference personalLink } ... on LeadRefused { reason } } }`;

export const stages = ["form", "preview", "submit", "confirm"];

const mostTries = 5;
/** Shorter than the servers' keep-alive timeout, so that no connection is reused while the server closes it. */
const idleMs = 3_000;

/** Retries, for set-up only: a server that has just started on a busy machine may fail its first requests. */
export async function patiently(work) {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === mostTries || !error.message.includes("took too long")) throw error;
    }
  }
}

export class FormSite {
  constructor({ url, token }, connections = 64) {
    const { hostname, port } = new URL(url);
    const agent = new Agent({ keepAlive: true, maxSockets: connections, timeout: idleMs });
    this.target = { hostname, port, path: "/graphql", method: "POST", agent };
    this.authorization = `Bearer ${token}`;
  }

  async ask(query, variables) {
    const body = Buffer.from(JSON.stringify({ query, variables }));
    const text = await this.post(body);
    const { data, errors } = JSON.parse(text);
    if (errors) throw new Error(`The server answered with ${JSON.stringify(errors).slice(0, 500)}`);
    return data;
  }

  post(body) {
    const headers = {
      "content-type": "application/json",
      "content-length": body.length,
      authorization: this.authorization,
    };
    return new Promise((resolve, reject) => {
      const asked = request({ ...this.target, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => (text += chunk));
        response.on("end", () => resolve(text));
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }

  /** Sends one request from the form to the confirmation. `chosen` picks the consented suppliers from those shown. */
  async journey({ product, need, contact }, chosen, onSubmit = () => undefined) {
    const times = [now()];
    const noted = (value) => (times.push(now()), value);
    noted(await this.ask(formDocument, { product }));
    const preview = noted(
      (await this.ask(previewDocument, { input: { product, ...need } })).previewRecipients,
    );
    const supplierIds = chosen(preview.recipients.map(({ supplierId }) => supplierId));
    if (supplierIds.length === 0) return { supplierIds, times };
    onSubmit(supplierIds, now());
    const grants = [{ purpose: "TRANSMIT", supplierIds, channels: ["EMAIL"] }];
    const input = { token: preview.token, contact, grants, confirmBy: "EMAIL" };
    const { submitLead } = noted(await this.ask(submitDocument, { input }));
    const { reference, demoCode: code } = submitLead;
    const { confirmPhone } = noted(await this.ask(confirmDocument, { input: { reference, code } }));
    if (confirmPhone.__typename !== "LeadSubmitted")
      throw new Error(`A request was not accepted: ${JSON.stringify([submitLead, confirmPhone])}`);
    return { reference, supplierIds, times };
  }

  close() {
    this.target.agent.destroy();
  }
}
