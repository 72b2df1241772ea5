import { languageFor } from "./page";

it.each([
  [undefined, "FR"],
  ["", "FR"],
  ["en", "EN"],
  ["en-US,en;q=0.9", "EN"],
  ["fr-CA, en;q=0.8", "FR"],
  ["de-DE,de;q=0.9,en;q=0.5,fr;q=0.4", "EN"],
  ["en;q=0.3,fr;q=0.7", "FR"],
  ["en;q=0, de", "FR"],
  ["*", "FR"],
  ["en;q=x", "FR"],
] as const)("a browser that asks for %j reads %s first", (header, language) => {
  expect(languageFor(header)).toBe(language);
});
