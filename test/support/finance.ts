/** What finance does with a supplier's account, through the API. */
import { randomUUID } from "node:crypto";
import { must } from "./client";
import type { TestServer } from "./server";

/** Issues everything of a supplier that is not on a document yet. Returns the new documents. */
export async function issueInvoice(
  server: TestServer,
  supplierId: string,
  fields = "id name",
): Promise<Record<string, any>[]> {
  const { issueInvoice: issued } = await must(server, server.adminToken, {
    query: `mutation ($id: ID!, $key: String!) {
      issueInvoice(supplierId: $id, idempotencyKey: $key) { documents { ${fields} } } }`,
    variables: { id: supplierId, key: randomUUID() },
  });
  return issued.documents;
}

/** Refunds unspent money by bank transfer; all of it unless an amount is given. */
export async function refundBalance(
  server: TestServer,
  supplierId: string,
  refund: { bankReference: string; netCents?: number },
): Promise<Record<string, any>> {
  const answer = await must(server, server.adminToken, {
    query: `mutation ($input: RefundBalanceInput!, $key: String!) {
      refundBalance(input: $input, idempotencyKey: $key) {
        documents { name totalInclVatCents } account { balanceCents } } }`,
    variables: { input: { supplierId, ...refund }, key: randomUUID() },
  });
  return answer.refundBalance;
}
