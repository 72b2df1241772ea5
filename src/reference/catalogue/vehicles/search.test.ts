import { products } from "../products";
import { make } from "./make";
import { plain } from "./plain";
import { found, makeNamed, vehicleMakes } from "./search";

const models = vehicleMakes.flatMap((one) => one.models);
const repeated = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe("the vehicle catalogue", () => {
  it("has at least 45 makes and 400 models, and no make without models", () => {
    expect(vehicleMakes.length).toBeGreaterThanOrEqual(45);
    expect(models.length).toBeGreaterThanOrEqual(400);
    expect(vehicleMakes.filter((one) => one.models.length === 0)).toEqual([]);
  });

  it("lists every make and every model once", () => {
    expect(repeated(vehicleMakes.map(({ id }) => id))).toEqual([]);
    expect(repeated(vehicleMakes.flatMap(({ label, aliases }) => [label, ...new Set(aliases)]))).toEqual([]);
    expect(repeated(models.map(({ id }) => id))).toEqual([]);
  });

  it("lists the bodies and energies of each model, each once", () => {
    for (const { id, label, bodies, energies } of models) {
      expect(id).toMatch(/^[A-Z_]+:[A-Z0-9]+$/);
      expect(label).toBe(label.trim());
      expect(bodies.length * energies.length).toBeGreaterThan(0);
      expect([...repeated(bodies), ...repeated(energies)]).toEqual([]);
    }
  });

  it("contains every make that a form offers, under the same id", () => {
    const offered = products
      .flatMap(({ form }) => form.fields)
      .filter(({ id }) => id === "make" || id === "makes")
      .flatMap(({ options }) => options ?? [])
      .filter(({ value }) => value !== "OTHER");
    expect(offered.length).toBeGreaterThan(0);
    for (const { value, label } of offered) {
      expect(makeNamed(value)?.id).toBe(value);
      expect(plain(makeNamed(value)?.label ?? "")).toBe(plain(label.FR));
    }
  });

  it("throws on a malformed line", () => {
    for (const line of ["Clio", "Clio | z | P", "Clio | c | Q", "Clio | c", "| c | P"]) {
      expect(() => make({ id: "X", label: "X", aliases: [] }, line)).toThrow("Not a line of the catalogue");
    }
  });
});

describe("a make or a model", () => {
  it.each([
    ["VW", "VOLKSWAGEN"],
    ["citroen", "CITROEN"],
    ["CITROËN", "CITROEN"],
    ["skoda", "SKODA"],
    ["mercedes", "MERCEDES"],
    ["alfa", "ALFA_ROMEO"],
    ["Land-Rover", "LAND_ROVER"],
    ["ALFA_ROMEO", "ALFA_ROMEO"],
  ])("is found by %s", (typed, id) => {
    expect(makeNamed(typed)?.id).toBe(id);
    expect(makeNamed("")).toBeUndefined();
  });

  it.each([
    ["Renault", "5 e-tech", "R5", "ELECTRIC"],
    ["Peugeot", "206+", "206", "PETROL"],
    ["Volkswagen", "california", "California", "DIESEL"],
    ["Mercedes", "ecitan", "Citan", "ELECTRIC"],
    ["Volvo", "xc40 recharge", "XC40", "ELECTRIC"],
    ["Fiat", "cinquecento", "Cinquecento", "PETROL"],
    ["Toyota", "c-hr+", "C-HR+", "ELECTRIC"],
    ["MG", "mgf", "TF", "PETROL"],
    ["BYD", "atto 2", "Atto 2", "ELECTRIC"],
  ])("of %s is found by %s, with its energy", (name, typed, label, energy) => {
    const [first] = found(makeNamed(name)?.models ?? [], typed);
    expect(first?.label).toBe(label);
    expect(first?.energies).toContain(energy);
  });

  const labels = (name: string, typed: string): string[] =>
    found(makeNamed(name)?.models ?? [], typed).map(({ label }) => label);

  it("is ranked by exact match, then by beginning, then by a part of the name", () => {
    expect(labels("vw", "golf")).toEqual(["Golf", "Golf Plus", "Golf Sportsvan"]);
    expect(labels("renault", "megane")).toEqual(["Mégane"]);
    expect(labels("bmw", "serie 3")).toEqual(["Série 3"]);
    expect(labels("bmw", "3 Series")).toEqual(["Série 3"]);
    expect(labels("citroen", "c4 picasso")).toEqual(["C4 Picasso", "Grand C4 Picasso"]);
    expect(labels("honda", "e:ny1")).toEqual(["e:Ny1"]);
    expect(labels("toyota", "prius+")).toEqual(["Prius+"]);
    expect(labels("renault", "zzz")).toEqual([]);
  });

  it("is every one if nothing was typed", () => {
    expect(found(vehicleMakes, " ")).toEqual(vehicleMakes);
  });
});
