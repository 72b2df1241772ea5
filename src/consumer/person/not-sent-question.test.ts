import { NotSentResolver } from "./not-sent.resolver";

const resolver = new NotSentResolver();
const words = { FR: "Quand pensez-vous acheter ?", EN: "When do you plan to buy?" };

it("words the question in the language that is asked for, in French by default", () => {
  expect(resolver.question({ reason: "ANSWER", words }, "EN")).toBe(words.EN);
  expect(resolver.question({ reason: "ANSWER", words }, null)).toBe(words.FR);
  expect(resolver.question({ reason: "PLACE", words: null }, "EN")).toBeNull();
});
