/**
 * Answers a revocation. Opening the page only reads its state. Nothing is acknowledged until a person presses a
 * button, because programs also open links in mails.
 */
import { Failure, takeFragment } from "../shared/api.mjs";
import { button, element, facts, when } from "../shared/elements.mjs";
import { ask } from "./api.mjs";
import { frame } from "./frame.mjs";
import { revocationWords } from "./words.mjs";

const fields = "leadId reason revokedAt acknowledgeBy acknowledgedAt disposition";
const read = `query ($token: String!) { revocationByLink(token: $token) { ${fields} } }`;
const answer = `mutation ($token: String!, $disposition: Disposition!, $ground: String) {
  acknowledgeRevocationByLink(token: $token, disposition: $disposition, ground: $ground) { ${fields} } }`;

let token = "";
let state = { kind: "LOADING" };
/** Kept when the language changes. */
let ground = "";
const show = frame(revocationWords, view);

function view(words) {
  if (state.kind === "LOADING") return { busy: true, children: [element("p", {}, words.loading)] };
  if (state.kind === "PROBLEM") return { busy: false, children: problem(words) };
  const { standing } = state;
  const answered = standing.acknowledgedAt !== null;
  return {
    busy: state.kind === "SENDING",
    children: [about(standing, words), ...(answered ? done(standing, words) : choices(words))],
  };
}

const about = ({ leadId, reason, revokedAt, acknowledgeBy }, words) =>
  element(
    "section",
    { className: "card" },
    element("p", {}, words.intro),
    facts([
      [words.lead, leadId],
      [words.reason, words.reasons[reason]],
      [words.revokedAt, when(revokedAt, words)],
      [words.acknowledgeBy, when(acknowledgeBy, words)],
    ]),
  );

const done = ({ disposition, acknowledgedAt }, words) => [
  element("p", { id: "answered" }, words.answered[disposition], " ", when(acknowledgedAt, words), "."),
];

function choices(words) {
  const input = element("textarea", { id: "ground", rows: 3, maxLength: 500, value: ground });
  input.addEventListener("input", () => (ground = input.value));
  const deleted = button(words.deleted, { onPress: () => send("DELETED") });
  const kept = button(words.kept, { onPress: () => (ground.trim() === "" ? missing() : send("KEPT")) });
  deleted.disabled = kept.disabled = state.kind === "SENDING";
  return [
    element(
      "section",
      {},
      element("h2", {}, words.deletedTitle),
      element("p", {}, words.deletedText),
      deleted,
    ),
    element(
      "section",
      {},
      element("h2", {}, words.keptTitle),
      element("label", {}, words.ground, input),
      kept,
    ),
  ];
}

function missing() {
  show((words) => words.groundMissing);
  document.getElementById("ground").focus();
}

const problem = (words) => {
  const { title, text } = words.problems[state.problem] ?? words.problems.UNREACHABLE;
  return [
    element(
      "section",
      { className: "problem", "data-problem": state.problem },
      element("h2", {}, title),
      element("p", {}, text),
      element("p", {}, button(words.retry, { onPress: load })),
    ),
  ];
};

async function send(disposition) {
  const { standing } = state;
  state = { kind: "SENDING", standing };
  show((words) => words.sending);
  const said = disposition === "KEPT" ? ground : null;
  try {
    const { acknowledgeRevocationByLink } = await ask(answer, { token, disposition, ground: said });
    state = { kind: "STANDING", standing: acknowledgeRevocationByLink };
    show((words) => words.recorded);
  } catch (error) {
    if (error instanceof Failure && error.problem === "NOT_FOUND") {
      state = { kind: "PROBLEM", problem: "NOT_FOUND" };
      return show();
    }
    state = { kind: "STANDING", standing };
    show((words) => words.failed);
  }
}

async function load() {
  state = { kind: "LOADING" };
  show();
  try {
    if (token === "") throw new Failure("NO_LINK");
    const { revocationByLink } = await ask(read, { token });
    state = { kind: "STANDING", standing: revocationByLink };
  } catch (error) {
    state = { kind: "PROBLEM", problem: error instanceof Failure ? error.problem : "UNREACHABLE" };
  }
  show();
}

function open() {
  token = takeFragment();
  void load();
}

addEventListener("hashchange", () => {
  if (location.hash !== "") open();
});
open();
