import { productById } from "../../src/reference/catalogue";
import { makeNamed } from "../../src/reference/catalogue/vehicles/search";
import { fillIn } from "../../src/demo/answers";
import { cars } from "../../src/demo/cars";
import type { FormField } from "../../src/demo/form-operations";

const product = productById("NEW_CAR");
const fields: FormField[] = (product?.form.fields ?? []).map((field) => ({
  ...{ id: field.id, type: field.type, required: field.required },
  ...{ min: field.min ?? null, max: field.max ?? null },
  options: field.options?.map(({ value }) => ({ value })) ?? null,
}));

describe("the answers of the demo's people", () => {
  it("fit each other: the model is one of the make, and the budget buys it", () => {
    for (let person = 0; person < 300; person++) {
      const answers = new Map(
        fillIn(fields, new Date("2026-11-30T09:00:00Z")).map((one) => [one.field, one.value]),
      );
      const budget = Number(answers.get("budgetEuros"));
      const model = answers.get("model");
      expect(budget).toBeGreaterThanOrEqual(13_500);
      if (model === undefined) continue;
      const [make] = answers.get("makes") as string[];
      const car = cars.find((one) => one.make === make && one.model === model);
      expect([make, model, car !== undefined]).toEqual([make, model, true]);
      expect(budget).toBeGreaterThanOrEqual(car?.fromEuros ?? Infinity);
      const energies = (answers.get("energy") ?? []) as string[];
      expect(energies.every((energy) => car?.energies.includes(energy))).toBe(true);
      expect([car?.body, undefined]).toContain(answers.get("body"));
    }
  });

  it("are about cars that the catalogue knows", () => {
    const offered = (id: string): string[] =>
      fields.find((field) => field.id === id)?.options?.map(({ value }) => value) ?? [];
    for (const { make, model, body, energies } of cars) {
      expect(offered("makes")).toContain(make);
      expect(offered("body")).toContain(body);
      for (const energy of energies) expect(offered("energy")).toContain(energy);
      expect([model, makeNamed(make)?.models.some(({ label }) => label === model)]).toEqual([model, true]);
    }
  });
});
