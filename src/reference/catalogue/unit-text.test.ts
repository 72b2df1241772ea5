import { products } from "./products";
import { unitText } from "./unit-text";

it("says every unit of the forms in both languages, and no French in English", () => {
  const units = products.flatMap(({ forms }) =>
    forms.flatMap(({ fields }) => fields.flatMap(({ unit }) => unit ?? [])),
  );
  expect(units.length).toBeGreaterThan(5);
  for (const unit of units) {
    expect(unitText(unit, "FR")).toBe(unit);
    expect(unitText(unit, "EN")).not.toMatch(/\b(?:ans?|mois|jours?)\b/);
  }
});
