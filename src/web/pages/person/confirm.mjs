/** Asks for confirmation before consent is withdrawn. Stays open with a hint when the server does not confirm. */
import { Failure } from "../shared/api.mjs";
import { passing } from "./ask.mjs";
import { element } from "../shared/elements.mjs";

/**
 * `carryOut()` rejects unless the withdrawal is known to be recorded. `onDone` receives what it resolves to, and
 * `onEnd` a problem that a retry cannot solve.
 */
export function askToConfirm(dialog, { question, words, carryOut, onDone, onEnd }) {
  // One question at a time: the response to the last one may still be pending.
  if (dialog.open) return;
  const texts = words.confirm;
  const opener = document.activeElement;
  const problem = element("p", { className: "failed" });
  const alert = element("div", { role: "alert" }, problem);
  const yes = element("button", { type: "button", className: "danger" }, texts.yes);
  const no = element("button", { type: "button" }, texts.no);
  no.addEventListener("click", () => dialog.close());
  const wait = (waiting) => {
    yes.disabled = no.disabled = waiting;
    yes.textContent = waiting ? texts.sending : texts.yes;
    problem.textContent = "";
  };
  yes.addEventListener("click", async () => {
    wait(true);
    const answer = await outcomeOf(carryOut());
    // Another question may be open by now.
    if (!yes.isConnected) return;
    if (answer.kind === "UNKNOWN") {
      wait(false);
      problem.textContent = texts.failed;
      yes.focus();
      return;
    }
    dialog.close();
    if (answer.kind === "DONE") onDone(answer.result);
    else onEnd(answer.problem);
  });
  // Escape closes the dialog too, but not while a response is pending.
  dialog.oncancel = (event) => {
    if (yes.disabled) event.preventDefault();
  };
  dialog.onclose = () => {
    if (opener?.isConnected) opener.focus();
  };
  dialog.replaceChildren(
    element("h2", { id: "confirm-title" }, question.title),
    element("div", { id: "confirm-text" }, element("p", {}, question.text), element("p", {}, texts.final)),
    alert,
    element("div", { className: "choices" }, no, yes),
  );
  dialog.showModal();
  no.focus();
}

async function outcomeOf(carriedOut) {
  try {
    return { kind: "DONE", result: await carriedOut };
  } catch (error) {
    const ended = error instanceof Failure && !passing.has(error.problem);
    return ended ? { kind: "ENDED", problem: error.problem } : { kind: "UNKNOWN" };
  }
}
