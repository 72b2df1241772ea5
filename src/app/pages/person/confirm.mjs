/** Asks once more before consent is taken back. Stays open with a word of help when the server does not confirm. */
import { element } from "./elements.mjs";

/** `carryOut()` rejects if the withdrawal is not known to be recorded; `onDone` gets what it resolves to. */
export function askToConfirm(dialog, { question, words, carryOut, onDone }) {
  // One question at a time: its answer may still be on its way.
  if (dialog.open) return;
  const texts = words.confirm;
  const opener = document.activeElement;
  const problem = element("p", { className: "failed" });
  const alert = element("div", { role: "alert" }, problem);
  const yes = element("button", { type: "button", className: "danger" }, texts.yes);
  const no = element("button", { type: "button" }, texts.no);
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", async () => {
    yes.disabled = no.disabled = true;
    yes.textContent = texts.sending;
    problem.textContent = "";
    try {
      const result = await carryOut();
      dialog.close();
      onDone(result);
    } catch {
      problem.textContent = texts.failed;
      yes.disabled = no.disabled = false;
      yes.textContent = texts.yes;
      yes.focus();
    }
  });
  // Escape closes it too, but not while the answer is on its way.
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
