/**
 * Starts the page. Its state is in memory only: the token, the language, and what was last read. Every change renders
 * the page again from this state.
 */
import { Failure, takeFragment } from "../shared/api.mjs";
import { readRequest, withdraw } from "./ask.mjs";
import { askToConfirm } from "./confirm.mjs";
import { element } from "../shared/elements.mjs";
import { browserLanguage } from "../shared/language.mjs";
import { problemView, requestView } from "./request.mjs";
import { languages } from "./words.mjs";

const found = (id) => document.getElementById(id);
const [content, status, title, dialog, switcher] = ["content", "status", "title", "confirm", "language"].map(
  found,
);

let token = "";
let words = languages[browserLanguage()];
let shown = { kind: "LOADING" };
/** The announcement as a function of the texts, so that it changes its language with the page. */
let announcement = () => "";
/** Counts the reads. Only the last one is shown, because another link may be opened while a read is pending. */
let reading = 0;

function draw() {
  document.documentElement.lang = words.locale.slice(0, 2);
  document.title = words.documentTitle;
  title.textContent = words.title;
  status.textContent = announcement(words);
  switcher.textContent = words.otherLanguage.name;
  switcher.lang = words.otherLanguage.code;
  switcher.hidden = false;
  content.setAttribute("aria-busy", String(shown.kind === "LOADING"));
  content.replaceChildren(...view());
}

function view() {
  if (shown.kind === "LOADING") return [element("p", {}, words.loading)];
  if (shown.kind === "PROBLEM") return problemView(shown.problem, words, { retry: load });
  return requestView(shown.request, words, { propose, refresh: load });
}

/** Shows a new view, announces it, and moves the keyboard focus to its beginning. */
function show(next, says = () => "") {
  shown = next;
  announcement = says;
  draw();
  if (next.kind === "PROBLEM") found("problem").focus();
  else if (status.textContent !== "") status.focus();
}

async function load() {
  const mine = ++reading;
  const again = shown.kind !== "LOADING";
  show({ kind: "LOADING" });
  const next = await read();
  if (mine === reading) show(next, (said) => (again && next.kind === "REQUEST" ? said.refreshed : ""));
}

async function read() {
  try {
    return { kind: "REQUEST", request: await readRequest(token) };
  } catch (error) {
    return { kind: "PROBLEM", problem: error instanceof Failure ? error.problem : "UNREACHABLE" };
  }
}

function propose(input, question) {
  const mine = reading;
  const showIfMine = (next, says) => {
    if (mine === reading) show(next, says);
  };
  askToConfirm(dialog, {
    question,
    words,
    carryOut: () => withdraw(token, input),
    onDone: (request) => showIfMine({ kind: "REQUEST", request }, (said) => said.confirm.done),
    onEnd: (problem) => showIfMine({ kind: "PROBLEM", problem }),
  });
}

function open() {
  token = takeFragment();
  shown = { kind: "LOADING" };
  if (dialog.open) dialog.close();
  void load();
}

switcher.addEventListener("click", () => {
  words = languages[words.otherLanguage.code];
  draw();
});
// Opening a link again in the same tab only changes the fragment and does not reload the page.
addEventListener("hashchange", () => {
  if (location.hash !== "") open();
});
open();
