import { vatRateBasisPointsOf } from "./vat";

describe("the rate of VAT", () => {
  it.each(["01", "2A", "69", "75", "95"])("is 20 % in metropolitan France (%s)", (departement) => {
    expect(vatRateBasisPointsOf(departement)).toBe(2000);
  });

  it.each(["971", "972", "974"])("is 8.5 % in Guadeloupe, Martinique and La Réunion (%s)", (departement) => {
    expect(vatRateBasisPointsOf(departement)).toBe(850);
  });

  it.each(["973", "976", "975", "977", "978", "986", "987", "988"])(
    "is nothing in Guyane, Mayotte and the collectivities (%s)",
    (departement) => {
      expect(vatRateBasisPointsOf(departement)).toBe(0);
    },
  );
});
