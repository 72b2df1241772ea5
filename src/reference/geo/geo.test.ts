import fc from "fast-check";
import { AppError } from "../../shared/errors";
import { communeByCode, communesOf, isKnownZone, resolvePlace, zoneOfToday } from "./communes.adapter";
import { departementTimeZone } from "./departements";
import { zoneCodeOf, covers, zoneCodesOf, type ZoneKind } from "./zones";

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe("INVALID_INPUT");
    return error.message;
  }
  throw new Error("Nothing was refused.");
};
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};
const lyon3 = resolvePlace({ postcode: "69003" });
const parse = (code: string) => {
  const [kind, rest = ""] = code.split(":");
  return { kind: kind as ZoneKind, code: rest };
};
/** Postcodes from every part of France, including Corsica, the overseas départements and the collectivities. */
const postcodes = [
  "69003",
  "75011",
  "01200",
  "51300",
  "78200",
  "13780",
  "20000",
  "20200",
  "94390",
  "97133",
  "97150",
  "97400",
  "97500",
  "97600",
  "98600",
  "98701",
  "98800",
];
const place = fc
  .constantFrom(...postcodes)
  .chain((postcode) =>
    fc.constantFrom(...communesOf(postcode).map(({ inseeCode }) => ({ postcode, inseeCode }))),
  )
  .map(resolvePlace);

describe("a place", () => {
  it("is a commune with its département, région and country", () => {
    expect(lyon3).toEqual({
      inseeCode: "69123",
      postcode: "69003",
      commune: "Lyon",
      departement: "69",
      region: "84",
      country: "FR",
      arrondissement: "69383",
      position: null,
      precision: "NONE",
    });
  });

  it.each([
    ["Corsica", "20000", "2A004", { departement: "2A", region: "94", country: "FR" }],
    [
      "a postcode of the neighbouring département",
      "13780",
      "83105",
      { departement: "83", region: "93", country: "FR" },
    ],
    ["an overseas département", "97400", "97411", { departement: "974", region: "04", country: "FR" }],
    [
      "a collectivity with a postcode of Guadeloupe",
      "97133",
      "97701",
      { departement: "977", region: null, country: "BL" },
    ],
    ["Saint-Martin", "97150", "97801", { departement: "978", region: null, country: "MF" }],
    ["Polynesia", "98701", "98712", { departement: "987", region: null, country: "PF" }],
  ])(
    "in %s takes its département from the commune, never from the postcode",
    (_where, postcode, inseeCode, expected) => {
      expect(resolvePlace({ postcode, inseeCode })).toMatchObject({ inseeCode, postcode, ...expected });
    },
  );

  it("may be given by the code of an arrondissement, as in address services", () => {
    expect(resolvePlace({ postcode: "69003", inseeCode: "69383" })).toEqual(lyon3);
    expect(resolvePlace({ postcode: "75011", inseeCode: "75111" }).commune).toBe("Paris");
  });

  it.each<[string, string, string | null, Record<string, unknown>]>([
    [
      "one commune of a shared postcode",
      "51300",
      "51649",
      { commune: "Vitry-le-François", departement: "51" },
    ],
    ["a postcode over two départements", "01410", "01247", { departement: "01" }],
    ["its other side", "01410", "39274", { departement: "39" }],
    ["a prefix of Bouches-du-Rhône in the Var", "13780", "83105", { commune: "Riboux", departement: "83" }],
    ["a prefix of Val-de-Marne in Essonne", "94390", "91479", { commune: "Paray-Vieille-Poste" }],
    ["a commune that was merged", "01300", "01340", { inseeCode: "01015", commune: "Arboys en Bugey" }],
    ["Paris by postcode", "75011", null, { inseeCode: "75056", arrondissement: "75111" }],
    ["the second postcode of the 16th", "75116", null, { arrondissement: "75116" }],
    ["Marseille", "13008", null, { inseeCode: "13055", arrondissement: "13208" }],
    [
      "a CEDEX code with its commune",
      "75334 CEDEX 07",
      "75107",
      { postcode: "75007", arrondissement: "75107" },
    ],
    ["a CEDEX code with the whole city", "06010", "06088", { commune: "Nice", postcode: "06010" }],
    ["a CEDEX code of a village", "01509", "01004", { departement: "01" }],
  ])("is found for %s: %s, %s", (_what, postcode, inseeCode, expected) => {
    expect(resolvePlace({ postcode, inseeCode })).toMatchObject(expected);
  });

  it("is refused for a CEDEX code of another département or a postcode of another arrondissement", () => {
    expect(refusal(() => resolvePlace({ postcode: "75334", inseeCode: "69123" }))).toContain("75334");
    expect(refusal(() => resolvePlace({ postcode: "75011", inseeCode: "75112" }))).toContain("not one of");
    expect(refusal(() => resolvePlace({ postcode: "75334" }))).toContain("the commune's inseeCode too");
  });

  it("is refused for a shared postcode with the list of its communes", () => {
    const error = thrownBy(() => resolvePlace({ postcode: "78200" }));
    expect(error).toBeInstanceOf(AppError);
    const { communes } = (error as AppError).details as { communes: { inseeCode: string; name: string }[] };
    expect(communes).toHaveLength(12);
    expect(communes).toContainEqual({ inseeCode: "78361", name: "Mantes-la-Jolie" });
    for (const { inseeCode } of communes) {
      expect(resolvePlace({ postcode: "78200", inseeCode }).inseeCode).toBe(inseeCode);
    }
  });

  it("is refused for a shared postcode without an inseeCode", () => {
    expect(refusal(() => resolvePlace({ postcode: "51300" }))).toBe(
      'Postcode 51300 is shared by 46 communes: give inseeCode too; communes(postcode: "51300") lists them.',
    );
    expect(refusal(() => resolvePlace({ postcode: "51300", inseeCode: null }))).toContain("46 communes");
  });

  it("is refused if the commune does not have the postcode", () => {
    const message =
      'The commune inseeCode names is not one of postcode 69003: take one from communes(postcode: "69003").';
    expect(refusal(() => resolvePlace({ postcode: "69003", inseeCode: "75056" }))).toBe(message);
    expect(refusal(() => resolvePlace({ postcode: "69003", inseeCode: "00000" }))).toBe(message);
    expect(refusal(() => resolvePlace({ postcode: "69003", inseeCode: "" }))).toBe(message);
  });

  it.each(["75334", "99999", "98799"])(
    "is refused for %s, which is the postcode of no commune",
    (postcode) => {
      expect(refusal(() => resolvePlace({ postcode }))).toContain(`No commune has postcode ${postcode}`);
    },
  );

  it.each(["", "6900", "69003 Lyon", "__proto__", "2A004"])(
    "is refused for %j, which is no postcode",
    (postcode) => {
      expect(refusal(() => resolvePlace({ postcode }))).toBe("A postcode is five digits, such as 69003.");
    },
  );
});

describe("communes", () => {
  it("are the current ones, sorted by name", () => {
    expect(communesOf("78200").map(({ name }) => name)).toEqual(
      communesOf("78200")
        .map(({ name }) => name)
        .sort(new Intl.Collator("fr").compare),
    );
    expect(communesOf("78200")).toHaveLength(12);
    expect(communesOf("00000")).toEqual([]);
    expect(communeByCode("69123")?.postcodes).toContain("69009");
    expect(communeByCode("69388")?.name).toBe("Lyon");
    expect(communeByCode("constructor")).toBe(undefined);
  });
});

describe("zones", () => {
  it("of a place range from the country to the postcode", () => {
    expect(zoneCodesOf(lyon3)).toEqual([
      "country:FR",
      "region:84",
      "departement:69",
      "commune:69123",
      "commune:69383",
      "postcode:69003",
    ]);
    expect(zoneCodesOf(resolvePlace({ postcode: "97133" }))).toEqual([
      "country:BL",
      "departement:977",
      "commune:97701",
      "postcode:97133",
    ]);
  });

  it("cover a place exactly if one of them contains it", () => {
    fc.assert(
      fc.property(place, fc.array(place, { maxLength: 4 }), (here, elsewhere) => {
        const zones = elsewhere.map((other, index) => {
          const codes = zoneCodesOf(other);
          return parse(codes[index % codes.length] as string);
        });
        const holds = zones.some(
          ({ kind, code }) =>
            ({
              country: here.country,
              region: here.region,
              departement: here.departement,
              commune: code === here.arrondissement ? here.arrondissement : here.inseeCode,
              postcode: here.postcode,
            })[kind] === code,
        );
        expect(covers(zones, here)).toBe(holds);
      }),
    );
  });

  it("cover nothing if the list is empty, and do not confuse régions and départements with the same number", () => {
    expect(covers([], lyon3)).toBe(false);
    expect(covers([{ kind: "departement", code: "84" }], lyon3)).toBe(false);
    expect(covers([{ kind: "region", code: "69" }], lyon3)).toBe(false);
  });

  it("are known if they contain an inhabited commune", () => {
    fc.assert(
      fc.property(place, (here) => {
        for (const code of zoneCodesOf(here)) {
          expect(zoneCodeOf(parse(code))).toBe(code);
          expect(isKnownZone(parse(code))).toBe(true);
        }
      }),
    );
  });

  it.each([
    "departement:99",
    "departement:20",
    "departement:989",
    "region:975",
    "country:DE",
    "country:fr",
    "country:TF",
    "postcode:75334",
    "postcode:",
  ])("are unknown for %s", (code) => {
    expect(isKnownZone(parse(code))).toBe(false);
  });
});

describe("zones of communes", () => {
  it("give the current commune for a merged one and null for an unknown code", () => {
    expect(zoneOfToday({ kind: "commune", code: "01340" })).toEqual({ kind: "commune", code: "01015" });
    expect(zoneOfToday({ kind: "commune", code: "75111" })).toEqual({ kind: "commune", code: "75111" });
    expect(zoneOfToday({ kind: "commune", code: "99999" })).toBe(null);
    expect(zoneOfToday({ kind: "departement", code: "01340" })).toBe(null);
  });

  it("cover only the given arrondissement", () => {
    const eleventh = [{ kind: "commune", code: "75111" } as const];
    expect(covers(eleventh, resolvePlace({ postcode: "75011" }))).toBe(true);
    expect(covers(eleventh, resolvePlace({ postcode: "75012" }))).toBe(false);
    expect(covers([{ kind: "commune", code: "75056" }], resolvePlace({ postcode: "75012" }))).toBe(true);
  });
});

describe("time zones", () => {
  it.each([
    ["69", "Europe/Paris"],
    ["2B", "Europe/Paris"],
    ["971", "America/Guadeloupe"],
    ["974", "Indian/Reunion"],
    ["975", "America/Miquelon"],
    ["988", "Pacific/Noumea"],
  ])("of département %s is %s", (departement, timeZone) => {
    expect(departementTimeZone(departement)).toBe(timeZone);
  });
});
