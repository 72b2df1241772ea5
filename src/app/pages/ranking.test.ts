import { products } from "../../catalogue";
import { RANKED_BY } from "../../matching";
import { rankingPage, rankingWords } from "./ranking";

describe("the page on ranking", () => {
  const [french = "", english = ""] = rankingPage.html.split("<hr>");

  it("says of every product how many are shown and how many receive a request, in both languages", () => {
    for (const { label, recipientsShown, seats } of products) {
      const cells = `<td>${String(recipientsShown)}</td><td>${String(seats)}</td>`;
      expect(french).toContain(`<th scope="row">${label.FR}</th>${cells}`);
      expect(english).toContain(`<th scope="row">${label.EN}</th>${cells}`);
    }
  });

  it("says by which rule, and that the price plays a part", () => {
    expect(french).toContain(rankingWords[RANKED_BY].FR);
    expect(english).toContain(rankingWords[RANKED_BY].EN);
    expect(french).toContain("Le prix joue un rôle.");
    expect(english).toContain("The price plays a part.");
  });

  it("says how long a request waits and when a person is not received again, as it is", () => {
    expect(french).toMatch(/24 heures, .* 7\s+jours au plus/s);
    expect(french).toContain("(30 jours, sauf");
    expect(english).toMatch(/24 hours, .* at most 7 days/s);
    expect(english).toContain("(30 days, unless");
  });
});
