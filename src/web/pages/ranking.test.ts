import { products } from "../../reference/catalogue";
import { rankingRules, type RankingStep } from "../../allocation/matching";
import { rankingPage } from "./ranking";
import { drawWords, rulesInWords, stepWords } from "./ranking-words";

describe("the page on ranking", () => {
  const [french = "", english = ""] = rankingPage.html.split("<hr>");

  it("shows each product's number of suppliers shown, its number of recipients and its rule, in both languages", () => {
    for (const { label, recipientsShown, seats, rankedBy } of products) {
      const cells = `<td>${String(recipientsShown)}</td><td>${String(seats)}</td><td><code>${rankedBy}</code></td>`;
      expect(french).toContain(`<th scope="row">${label.FR}</th>${cells}`);
      expect(english).toContain(`<th scope="row">${label.EN}</th>${cells}`);
    }
  });

  /** The text of the page under a rule's name. */
  const saidOf = (rule: string, section: string): string =>
    section.split(`<h3><code>${rule}</code></h3>`)[1]?.split(/<h[23]>/)[0] ?? "";

  it.each(Object.entries<readonly RankingStep[]>(rankingRules))(
    "shows the steps of %s in order, the draw last, and the products of the rule",
    (rule, steps) => {
      for (const [section, language] of [
        [french, "FR"],
        [english, "EN"],
      ] as const) {
        // prettier-ignore
        const said = saidOf(rule, section);
        const items = said.match(/<li>[^]*?<\/li>/g) ?? [];
        expect(items).toEqual(
          [...steps.map((step) => stepWords[step]), drawWords].map((words) => `<li>${words[language]}</li>`),
        );
        for (const { label, rankedBy } of products)
          expect([label[language], said.includes(label[language])]).toEqual([
            label[language],
            rankedBy === rule,
          ]);
        expect(said.includes("prix joue un rôle") || said.includes("price plays a part")).toBe(
          steps.includes("PRICE"),
        );
      }
    },
  );

  it("shows that no product uses a rule", () => {
    expect(rulesInWords("FR", []).match(/Pour aucun produit à ce jour\./g)).toHaveLength(
      Object.keys(rankingRules).length,
    );
  });

  it("shows how long a request waits and for how long a repeat request is not received, with the real figures", () => {
    expect(french).toMatch(/24 heures, .* 7\s+jours au plus/s);
    expect(french).toContain("(30 jours, sauf");
    expect(english).toMatch(/24 hours, .* at most 7 days/s);
    expect(english).toContain("(30 days, unless");
  });
});
