/** Creates elements. Text always becomes a text node, so what a person or a supplier wrote is never markup. */

/** `properties` are DOM properties (className, type…); `aria-*` and `data-*` are set as attributes. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-")) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const section = (title, ...children) => {
  const id = `section-${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
  return element("section", { "aria-labelledby": id }, element("h2", { id }, title), ...children);
};

/** A list of terms and their values. Pairs without a value are left out. */
export const facts = (pairs) =>
  element(
    "dl",
    {},
    ...pairs
      .filter(([, value]) => value !== null)
      .map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value))),
  );

/** `about` completes the label for screen readers, which may read it out of context. */
export const button = (label, { about = "", danger = false, onPress }) => {
  const hidden = about === "" ? null : element("span", { className: "heard-only" }, ` ${about}`);
  const made = element("button", { type: "button", className: danger ? "danger" : "" }, label, hidden);
  made.addEventListener("click", onPress);
  return made;
};

export const when = (iso, { locale }) => {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });
  return element("time", { dateTime: iso }, format.format(new Date(iso)));
};

/** A sentence with elements in it: "{at}" is replaced by `parts.at`. */
export const sentence = (text, parts, tag = "p") =>
  element(tag, {}, ...text.split(/(\{\w+\})/).map((piece) => parts[piece.slice(1, -1)] ?? piece));
