/** Asks the API in the person's name. Every way to fail has a name that the page can say in plain words. */

const timeoutMs = 15_000;

const request = `
  reference state submittedAt waitUntil
  product { id label }
  place { postcode commune { name } }
  formVersion seats
  answers { field label type value }
  contact { civility firstName lastName phone email street postcode city }
  recipients { supplierId name channels sentAt endedAt acknowledgedAt notSent { reason question } }
  purposes
  consent { kind at purposes supplierIds channels }`;

/** Problems that may be over when the same is asked again. */
export const passing = new Set(["BUSY", "UNREACHABLE"]);

/** `problem`: NO_LINK, BAD_LINK, GONE, BUSY or UNREACHABLE. */
export class Failure extends Error {
  constructor(problem) {
    super(problem);
    this.problem = problem;
  }
}

/** Takes the token out of the address, so that neither the history nor a look at the screen gives it away. */
export function takeToken() {
  const token = location.hash.slice(1);
  if (token !== "") history.replaceState(null, "", location.pathname + location.search);
  return token;
}

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

async function ask(token, query, variables) {
  if (token === "") throw new Failure("NO_LINK");
  if (!/^ca_person_[\w.-]+$/.test(token)) throw new Failure("BAD_LINK");
  const { data, errors } = await post(token, { query, variables });
  if (errors?.length > 0) throw new Failure(problemOf(errors[0].extensions?.code));
  if (!data) throw new Failure("UNREACHABLE");
  return data;
}

async function post(token, body) {
  try {
    const response = await fetch("graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await response.json();
  } catch {
    throw new Failure("UNREACHABLE");
  }
}

function problemOf(code) {
  const problems = {
    UNAUTHENTICATED: "BAD_LINK",
    FORBIDDEN: "BAD_LINK",
    NOT_FOUND: "GONE",
    RATE_LIMITED: "BUSY",
  };
  return problems[code] ?? "UNREACHABLE";
}
