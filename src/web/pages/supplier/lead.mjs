/** Shows the lead of a mail to a member of its supplier who signs in. The session is kept in memory only. */
import { Failure, takeFragment } from "../shared/api.mjs";
import { button, element, facts, section, when } from "../shared/elements.mjs";
import { ask } from "./api.mjs";
import { frame } from "./frame.mjs";
import { leadWords } from "./words.mjs";

const signInMutation = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) {
  __typename ... on SignedIn { token } } }`;
const leadQuery = `query ($id: ID!) { lead(id: $id) {
  id submittedAt product { fr: label(language: FR) en: label(language: EN) } campaign { name }
  place { postcode commune { name } }
  answers { labelFr: label(language: FR) labelEn: label(language: EN)
    textFr: text(language: FR) textEn: text(language: EN) }
  contact { civility firstName lastName phone email street postcode city channels }
  withheld { field reason } } }`;

let id = "";
let token = null;
let state = { kind: "SIGN_IN" };
const show = frame(leadWords, view);

function view(words) {
  const views = {
    SIGN_IN: () => [signInForm(words)],
    LOADING: () => [element("p", {}, words.loading)],
    LEAD: () => [...leadParts(state.lead, words), again(words)],
    ENDED: () => [element("p", { id: "ended" }, words.ended), again(words)],
    PROBLEM: () => [
      element(
        "p",
        { className: "problem", "data-problem": state.problem },
        words.problems[state.problem] ?? words.problems.UNREACHABLE,
      ),
      again(words),
    ],
  };
  return { busy: state.kind === "LOADING", children: views[state.kind]() };
}

const again = (words) =>
  element(
    "p",
    { className: "choices" },
    ...(token === null ? [] : [button(words.refresh, { onPress: load })]),
    button(token === null ? words.back : words.signOut, { onPress: leave }),
  );

function signInForm(words) {
  const email = element("input", { type: "email", autocomplete: "username", required: true });
  const password = element("input", { type: "password", autocomplete: "current-password", required: true });
  const form = element(
    "form",
    {},
    element("p", {}, id === "" ? words.noLead : words.intro),
    element("label", {}, words.email, email),
    element("label", {}, words.password, password),
    element("button", { type: "submit", disabled: id === "" }, words.signIn),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void signIn(email.value, password.value);
  });
  return form;
}

/** The question and the answer in the language of the page. */
const answerIn = ({ labelFr, labelEn, textFr, textEn }, { code }) =>
  code === "en" ? [labelEn, textEn] : [labelFr, textFr];

function leadParts(lead, words) {
  const { contact, place, withheld } = lead;
  const held = new Set(withheld.map(({ field }) => field));
  const shown = (name) => contact[name] ?? (held.has(`contact.${name}`) ? words.withheld : null);
  return [
    element("p", { className: "intro" }, words.channels(contact.channels)),
    section(
      words.person,
      facts([
        [words.name, [contact.firstName, contact.lastName].filter(Boolean).join(" ")],
        [words.phone, shown("phone")],
        [words.mail, shown("email")],
        [words.address, [contact.street, contact.postcode, contact.city].filter(Boolean).join(" ")],
      ]),
    ),
    section(
      words.request,
      facts([
        [words.product, lead.product[words.code]],
        [words.campaign, lead.campaign.name],
        [words.place, `${place.postcode} ${place.commune.name}`],
        [words.submitted, when(lead.submittedAt, words)],
        [words.lead, lead.id],
        ...lead.answers.map((answer) => answerIn(answer, words)),
      ]),
    ),
  ];
}

async function signIn(email, password) {
  state = { kind: "LOADING" };
  show();
  try {
    const { signIn: result } = await ask(signInMutation, { email, password });
    if (result.__typename !== "SignedIn") {
      state = { kind: "SIGN_IN" };
      return show((words) => words.refused);
    }
    token = result.token;
  } catch (error) {
    state = { kind: "PROBLEM", problem: problemOf(error) };
    return show();
  }
  await load();
}

async function load() {
  state = { kind: "LOADING" };
  show();
  try {
    const { lead } = await ask(leadQuery, { id }, token);
    state = lead === null ? { kind: "ENDED" } : { kind: "LEAD", lead };
  } catch (error) {
    state = { kind: "PROBLEM", problem: problemOf(error) };
  }
  show();
}

const problemOf = (error) => (error instanceof Failure ? error.problem : "UNREACHABLE");

function leave() {
  const leaving = token;
  token = null;
  state = { kind: "SIGN_IN" };
  show();
  if (leaving !== null) ask("mutation { signOut }", {}, leaving).catch(() => undefined);
}

function open() {
  id = takeFragment();
  if (token !== null) return load();
  show();
}

addEventListener("hashchange", () => {
  if (location.hash !== "") void open();
});
void open();
