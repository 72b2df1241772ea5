/** The suppliers the person consented to: which received the request, how they may contact the person, and what ended. */
import { button, element, section, sentence, when } from "../shared/elements.mjs";
import { phoneInWords } from "./words.mjs";

/** `propose(input, question)` asks for confirmation before anything is withdrawn. */
export function recipientsSection(request, words, propose) {
  const { recipients } = request;
  const shown = recipients.map((recipient) => recipientCard(recipient, request, { words, propose }));
  const { title, none, several } = words.recipients;
  return section(
    title,
    recipients.length === 0 ? element("p", {}, none) : null,
    recipients.length > 1 ? severalNote(request, several) : null,
    ...shown,
  );
}

/** Explains in general why some selected suppliers may not receive the request. Reasons for one are shown with it. */
const severalNote = ({ seats }, { text, link }) =>
  element("p", { className: "detail" }, `${text(seats)} `, element("a", { href: "/classement" }, link), ".");

function recipientCard(recipient, request, { words, propose }) {
  const { name, channels } = recipient;
  const id = `supplier-${recipient.supplierId}`;
  const texts = words.recipients;
  const whole = button(texts.withdrawSupplier, {
    about: texts.for(name),
    danger: true,
    onPress: () =>
      propose({ purpose: "TRANSMIT", supplierIds: [recipient.supplierId] }, words.confirm.supplier(name)),
  });
  return element(
    "article",
    { "aria-labelledby": id },
    element("h3", { id }, name),
    ...abroad(recipient, words),
    ...standing(recipient, request, words),
    ...(channels.length === 0 ? [] : [channelList(recipient, request, { words, propose }), whole]),
  );
}

/** The law of another country may apply there, so the person is told which. */
const abroad = ({ country }, { code }) =>
  country === "FR"
    ? []
    : [element("p", { className: "detail" }, new Intl.DisplayNames(code, { type: "region" }).of(country))];

function standing(recipient, { state }, words) {
  const { channels, sentAt, endedAt, acknowledgedAt } = recipient;
  const texts = words.recipients;
  if (sentAt === null) {
    const isStillPossible = channels.length > 0 && state !== "CLOSED";
    const withdrawn = channels.length === 0 ? [element("p", {}, texts.withdrawnBefore)] : [];
    const so = element("p", {}, isStillPossible ? texts.notYet : texts.never);
    return [so, ...notSentReason(recipient, texts), ...withdrawn];
  }
  const received = sentence(texts.received, { at: when(sentAt, words) });
  if (endedAt === null) return [received];
  const answered =
    acknowledgedAt === null
      ? element("p", {}, texts.notAcknowledged)
      : sentence(texts.acknowledged, { at: when(acknowledgedAt, words) });
  return [received, sentence(texts.ended, { at: when(endedAt, words) }), answered];
}

/** The reason as far as the API gives one: the person's place, an answer, or other circumstances. */
function notSentReason({ notSent }, { notSent: texts }) {
  if (!notSent) return [];
  const { reason, question } = notSent;
  const text = reason === "ANSWER" && question ? texts.answer(question) : texts[reason];
  return [element("p", { className: "detail" }, text)];
}

function channelList(recipient, { contact }, { words, propose }) {
  const { supplierId, name, channels, sentAt } = recipient;
  const texts = words.recipients;
  const whereTo = { PHONE: contact.phone, SMS: contact.phone, EMAIL: contact.email };
  const end = (channel) =>
    button(texts.withdrawChannel[channel], {
      about: texts.from(name),
      onPress: () =>
        propose(
          { purpose: "TRANSMIT", supplierIds: [supplierId], channels: [channel] },
          words.confirm.channel(name, channel),
        ),
    });
  const item = (channel) =>
    element(
      "li",
      {},
      element(
        "span",
        {},
        words.channels[channel],
        " ",
        element("span", { className: "detail" }, phoneInWords(whereTo[channel] ?? "")),
      ),
      // Ending the last channel ends the whole consent, which has its own button.
      channels.length > 1 ? end(channel) : null,
    );
  const title = element("p", { className: "lead-in" }, sentAt === null ? texts.wouldMay : texts.may);
  return element("div", {}, title, element("ul", { className: "channels" }, ...channels.map(item)));
}
