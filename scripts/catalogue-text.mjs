/** A catalogue as text that can be committed, and the differences between two such texts. */

/** One paragraph per object; a fact of several lines is indented further, so that each fact begins a line. */
export function toText(catalogue) {
  const paragraphs = [...catalogue].sort(([one], [other]) => (one < other ? -1 : 1));
  return paragraphs.map(([object, facts]) => `${object}\n${facts.map(indented).join("")}`).join("\n");
}

function indented(fact) {
  const [first, ...rest] = fact.trimEnd().split("\n");
  const lines = [`  ${first}`, ...rest.map((line) => `    ${line}`)];
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

/** What one text says and the other does not, each line with the object it belongs to. */
export function differences(before, after) {
  const [was, is] = [labelled(before), labelled(after)];
  const gone = was.filter((line) => !is.includes(line)).map((line) => `- ${line}`);
  const come = is.filter((line) => !was.includes(line)).map((line) => `+ ${line}`);
  if (gone.length + come.length > 0) return [...gone, ...come];
  return before === after ? [] : ["The lines are the same, in another order."];
}

function labelled(text) {
  let object = "";
  return text.split("\n").flatMap((line) => {
    if (/^\S/.test(line)) object = line;
    return line === "" ? [] : [line === object ? line : `${object}: ${line.trim()}`];
  });
}
