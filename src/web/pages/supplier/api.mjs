/** Asks the API. Every way to fail has a name that the page can say in plain words. */

const timeoutMs = 15_000;

/** `problem`: NO_LINK, NOT_FOUND, BUSY, INVALID, SIGN_IN or UNREACHABLE. */
export class Failure extends Error {
  constructor(problem) {
    super(problem);
    this.problem = problem;
  }
}

/** Takes what the link is about out of the address, so that neither the history nor a look at the screen gives it away. */
export function takeFragment() {
  const fragment = location.hash.slice(1);
  if (fragment !== "") history.replaceState(null, "", location.pathname + location.search);
  return fragment;
}

export async function ask(query, variables, token = null) {
  const { data, errors } = await post({ query, variables }, token);
  if (errors?.length > 0) throw new Failure(problemOf(errors[0].extensions?.code));
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

function problemOf(code) {
  const problems = {
    UNAUTHENTICATED: "SIGN_IN",
    FORBIDDEN: "SIGN_IN",
    NOT_FOUND: "NOT_FOUND",
    INVALID_INPUT: "INVALID",
    RATE_LIMITED: "BUSY",
  };
  return problems[code] ?? "UNREACHABLE";
}

/** The frame that both pages draw into; `view(words)` says what stands in it. */
export function frame(languages, view) {
  const [content, status, title, switcher] = ["content", "status", "title", "language"].map((id) =>
    document.getElementById(id),
  );
  let words = languages.fr;
  let announcement = () => "";
  const draw = () => {
    document.documentElement.lang = words.locale.slice(0, 2);
    document.title = `${words.title} – CarAtlas`;
    title.textContent = words.title;
    status.textContent = announcement(words);
    switcher.textContent = words.otherLanguage.name;
    switcher.lang = words.otherLanguage.code;
    switcher.hidden = false;
    const { busy, children } = view(words);
    content.setAttribute("aria-busy", String(busy));
    content.replaceChildren(...children);
  };
  switcher.addEventListener("click", () => {
    words = languages[words.otherLanguage.code];
    draw();
  });
  return (says = () => "") => {
    announcement = says;
    draw();
    if (status.textContent !== "") status.focus();
  };
}
