/** Asks the API. Every way to fail has a name that a page can say in plain words. */

const timeoutMs = 15_000;

/** `problem`: UNREACHABLE, or another name that the page knows. */
export class Failure extends Error {
  constructor(problem) {
    super(problem);
    this.problem = problem;
  }
}

/** Takes the fragment out of the address, so that neither the history nor a look at the screen gives it away. */
export function takeFragment() {
  const fragment = location.hash.slice(1);
  if (fragment !== "") history.replaceState(null, "", location.pathname + location.search);
  return fragment;
}

/** Resolves with the data. `problems` gives the page's names for error codes of the API; `token` may be null. */
export async function ask({ query, variables, token, problems }) {
  const { data, errors } = await post({ query, variables }, token);
  if (errors?.length > 0) throw new Failure(problems[errors[0].extensions?.code] ?? "UNREACHABLE");
  if (!data) throw new Failure("UNREACHABLE");
  return data;
}

async function post(body, token) {
  try {
    const response = await fetch("graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
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
