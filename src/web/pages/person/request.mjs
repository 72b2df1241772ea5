/** The page of a request, and the page that explains why there is none. */
import { passing } from "./ask.mjs";
import { button, element, facts, section, sentence, when } from "../shared/elements.mjs";
import { historySection } from "./history.mjs";
import { recipientsSection } from "./recipients.mjs";
import { answerInWords, phoneInWords, productName } from "./words.mjs";

export function requestView(request, words, { propose, refresh }) {
  return [
    element("p", { className: "intro" }, words.intro),
    element("p", {}, button(words.refresh, { onPress: refresh })),
    recipientsSection(request, words, propose),
    ...(request.purposes.length > 0 ? [purposesSection(request, words, propose)] : []),
    everythingSection(request, words, propose),
    requestSection(request, words),
    contactSection(request, words),
    historySection(request, words),
    rightsSection(words),
    element(
      "p",
      { className: "detail" },
      words.timeZone(new Intl.DateTimeFormat().resolvedOptions().timeZone),
    ),
  ];
}

export function problemView(problem, words, { retry }) {
  const { title, text } = words.problems[problem];
  return [
    element(
      "section",
      { className: "problem", "data-problem": problem },
      element("h2", { id: "problem", tabIndex: -1 }, title),
      element("p", {}, text),
      passing.has(problem) ? element("p", {}, button(words.retry, { onPress: retry })) : null,
    ),
  ];
}

function requestSection(request, words) {
  const { product, place, submittedAt, waitUntil, reference, state, answers } = request;
  const texts = words.request;
  return section(
    texts.title,
    facts([
      [texts.product, productName(product, words)],
      ...answers.map((answer) => answerInWords(answer, request, words)),
      [texts.place, `${place.postcode} ${place.commune.name}`],
      [texts.submitted, when(submittedAt, words)],
      [texts.state, sentence(texts.states[state], { until: when(waitUntil, words) }, "span")],
      [texts.reference, reference],
    ]),
  );
}

function contactSection({ contact }, words) {
  const texts = words.contact;
  const { civility, firstName, lastName, phone, email, street, postcode, city } = contact;
  return section(
    texts.title,
    facts([
      [texts.name, [texts.civilities[civility], firstName, lastName].filter(Boolean).join(" ")],
      [texts.phone, phone === null ? words.notGiven : phoneInWords(phone)],
      [texts.email, email],
      [texts.address, [street, `${postcode} ${city}`].filter(Boolean).join(", ")],
    ]),
    element("p", { className: "detail" }, texts.note),
  );
}

function purposesSection({ purposes }, words, propose) {
  const texts = words.purposes;
  const item = (purpose) =>
    element(
      "li",
      {},
      element("span", {}, texts.names[purpose]),
      button(texts.withdraw, {
        about: texts.names[purpose],
        onPress: () => propose({ purpose }, words.confirm.purpose(purpose)),
      }),
    );
  const list = element("ul", { className: "channels" }, ...purposes.map(item));
  return section(
    texts.title,
    element("div", { className: "card" }, element("p", { className: "lead-in" }, texts.text), list),
  );
}

function everythingSection({ recipients, purposes }, words, propose) {
  const texts = words.everything;
  const nothingLeft = purposes.length === 0 && recipients.every(({ channels }) => channels.length === 0);
  if (nothingLeft) return section(texts.title, element("p", { id: "nothing-left" }, texts.nothingLeft));
  return section(
    texts.title,
    element("p", {}, texts.text),
    element("p", {}, button(texts.button, { danger: true, onPress: () => propose({}, words.confirm.all) })),
  );
}

function rightsSection({ rights }) {
  const items = rights.items.map((text) => element("li", {}, text));
  return section(rights.title, element("ul", {}, ...items));
}
