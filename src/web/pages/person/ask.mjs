/** Asks the API in the person's name. Every way to fail has a name that the page can say in plain words. */
import { ask as askApi, Failure } from "../shared/api.mjs";

const request = `
  reference state submittedAt waitUntil
  product { id label }
  place { postcode commune { name } }
  formVersion seats
  answers { field label type value }
  contact { civility firstName lastName phone email street postcode city }
  recipients { supplierId name country channels sentAt endedAt acknowledgedAt notSent { reason question } }
  purposes
  consent { kind at purposes supplierIds channels }`;

/** Problems that may be over when the same is asked again. */
export const passing = new Set(["BUSY", "UNREACHABLE"]);

export async function readRequest(token) {
  const { myRequest } = await ask(token, `query { myRequest { ${request} } }`, {});
  return myRequest;
}

/** `input` as in WithdrawConsentInput. Saying the same twice does no harm. */
export async function withdraw(token, input) {
  const mutation = `mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { ${request} } }`;
  const { withdrawConsent } = await ask(token, mutation, { input });
  return withdrawConsent;
}

/** Fails with NO_LINK, BAD_LINK, GONE, BUSY or UNREACHABLE. */
async function ask(token, query, variables) {
  if (token === "") throw new Failure("NO_LINK");
  if (!/^ca_person_[\w.-]+$/.test(token)) throw new Failure("BAD_LINK");
  return askApi({ query, variables, token, problems });
}

const problems = {
  UNAUTHENTICATED: "BAD_LINK",
  FORBIDDEN: "BAD_LINK",
  NOT_FOUND: "GONE",
  RATE_LIMITED: "BUSY",
};
