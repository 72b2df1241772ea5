/** The person's acts of consent, oldest first. The record is append-only, so nothing here can be undone. */
import { element, facts, section, when } from "../shared/elements.mjs";
import { listed } from "./words.mjs";

export function historySection({ consent, recipients }, words) {
  const names = new Map(recipients.map(({ supplierId, name }) => [supplierId, name]));
  const items = consent.map((act) => element("li", {}, ...actInWords(act, names, words)));
  return section(words.history.title, element("ol", { className: "history" }, ...items));
}

function actInWords(act, names, words) {
  const texts = words.history;
  const said = act.kind === "GIVEN" ? texts.given : texts.withdrawn;
  const suppliers = act.supplierIds.map((id) => names.get(id) ?? id);
  const line = element("p", {}, when(act.at, words), element("br"), said);
  return [line, act.kind === "GIVEN" ? given(act, suppliers, words) : withdrawn(act, suppliers, words)];
}

function given({ purposes, channels }, suppliers, words) {
  const texts = words.history;
  const others = purposes
    .filter((purpose) => purpose !== "TRANSMIT")
    .map((purpose) => words.purposes.names[purpose]);
  return facts([
    [texts.suppliers, suppliers.length > 0 ? listed(suppliers, words) : null],
    [texts.channels, channels.length > 0 ? channelNames(channels, words) : null],
    [texts.purposes, others.length > 0 ? others.join(" · ") : null],
  ]);
}

/** In a withdrawal, an empty list means all. */
function withdrawn({ purposes, channels, supplierIds }, suppliers, words) {
  const texts = words.history;
  if (purposes.length + channels.length + supplierIds.length === 0) return element("p", {}, texts.all);
  const others = purposes
    .filter((purpose) => purpose !== "TRANSMIT")
    .map((purpose) => words.purposes.names[purpose]);
  if (others.length > 0) return facts([[texts.purpose, others.join(" · ")]]);
  return facts([
    [texts.suppliers, suppliers.length > 0 ? listed(suppliers, words) : texts.allSuppliers],
    [texts.withdrawnChannels, channels.length > 0 ? channelNames(channels, words) : texts.allChannels],
  ]);
}

const channelNames = (channels, words) =>
  listed(
    channels.map((channel) => words.channels[channel]),
    words,
  );
