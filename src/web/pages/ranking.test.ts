import { products, type RankingRule } from "../../reference/catalogue";
import { rankingRules, type RankingStep } from "../../allocation/matching";
import { rankingPages } from "./ranking";
import { drawWords, ruleNames, rulesInWords, stepWords } from "./ranking-words";

describe("the page on ranking", () => {
  const [french = "", english = ""] = rankingPages.FR.html.split("<hr>");

  it("shows each product's number of suppliers shown, its number of recipients and its rule, in both languages", () => {
    for (const { label, recipientsShown, seats, rankedBy } of products) {
      for (const [section, language] of [
        [french, "FR"],
        [english, "EN"],
      ] as const) {
        const cells = `<td>${String(recipientsShown)}</td><td>${String(seats)}</td><td>${ruleNames[rankedBy][language]}</td>`;
        expect(section).toContain(`<th scope="row">${label[language]}</th>${cells}`);
      }
    }
  });

  /** The text of the page under a rule's name. */
  const saidOf = (name: string, section: string): string =>
    section.split(`<h3>${name}</h3>`)[1]?.split(/<h[23]>/)[0] ?? "";

  it.each(Object.entries<readonly RankingStep[]>(rankingRules))(
    "shows the steps of %s in order, the draw last, and the products of the rule",
    (rule, steps) => {
      for (const [section, language] of [
        [french, "FR"],
        [english, "EN"],
      ] as const) {
        // prettier-ignore
        const said = saidOf(ruleNames[rule as RankingRule][language], section);
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

  it("shows people no code, and opens in the language that the browser asks for", () => {
    for (const { html } of Object.values(rankingPages)) expect(html).not.toMatch(/[A-Z]+_[A-Z_]+/);
    expect(rankingPages.EN.html).toMatch(/<html lang="en">[^]*<title>How requests are shared out/);
    expect(rankingPages.EN.html.split("<hr>")[0]).toContain("By one of these rules");
  });

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
