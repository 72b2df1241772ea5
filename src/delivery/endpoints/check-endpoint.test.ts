import { type AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import {
  checkEndpointUpdate,
  checkNewEndpoint,
  type EndpointInput,
  type EndpointRules,
} from "./check-endpoint";

const rules: EndpointRules = {
  targetFault: (_, target) => (target.startsWith("https:") ? null : "it is not an https address"),
  optionsFault: (_, options) => ("wrong" in options ? "options takes only right" : null),
  documentFaults: (document) => (document === "{" ? ["It does not parse."] : []),
};
const input: EndpointInput = {
  kind: "WEBHOOK",
  label: " CRM ",
  target: "https://leads.example.fr",
  events: ["LEAD_MATCHED", "LEAD_MATCHED"],
  limits: () => null,
};
const current = {
  ...{ kind: "WEBHOOK" as const, label: "CRM", target: "https://leads.example.fr", options: { right: 1 } },
  ...{ events: ["LEAD_MATCHED" as const], document: "subscription" },
};

function faults(check: () => unknown): (readonly [string | null, string])[] {
  try {
    check();
  } catch (error) {
    return faultsOf(error as AppError).map(({ field, reason }) => [field, reason]);
  }
  return [];
}

describe("a new endpoint", () => {
  it("is normalised and gets the defaults", () => {
    expect(checkNewEndpoint(input, rules)).toEqual({
      ...{ kind: "WEBHOOK", label: "CRM", target: "https://leads.example.fr", options: {} },
      ...{ events: ["LEAD_MATCHED"], document: null, limits: null },
    });
  });

  it.each<[Partial<EndpointInput>, string, string]>([
    [{ label: " " }, "label", "EMPTY"],
    [{ label: "x".repeat(101) }, "label", "TOO_LONG"],
    [{ label: "a\nb" }, "label", "MALFORMED"],
    [{ target: "http://x" }, "target", "MALFORMED"],
    [{ options: [] }, "options", "MALFORMED"],
    [{ options: { deep: {} } }, "options", "MALFORMED"],
    [{ options: { wrong: 1 } }, "options", "MALFORMED"],
    [{ events: [] }, "events", "EMPTY"],
    [{ document: "{" }, "document", "DOCUMENT_INVALID"],
    [{ document: "x".repeat(10_001) }, "document", "TOO_LONG"],
    [{ kind: "EMAIL", document: "subscription" }, "document", "NOT_ALLOWED"],
  ])("%j is refused at %s with %s", (wrong, field, reason) => {
    expect(faults(() => checkNewEndpoint({ ...input, ...wrong }, rules))).toEqual([[field, reason]]);
  });
});

describe("an update", () => {
  it("without fields changes nothing", () => {
    const { kind: _, ...settings } = current;
    expect(checkEndpointUpdate({}, current, rules)).toEqual(settings);
  });

  it("sets defaults where it says null", () => {
    const update = { options: null, events: null, document: null };
    expect(checkEndpointUpdate(update, current, rules)).toMatchObject({
      options: {},
      events: null,
      document: null,
    });
  });

  it("names every fault", () => {
    const update = { label: null, target: "x", options: 3, events: [], document: "{" };
    expect(faults(() => checkEndpointUpdate(update, current, rules))).toEqual([
      ["label", "NULL_NOT_ALLOWED"],
      ["target", "MALFORMED"],
      ["options", "MALFORMED"],
      ["events", "EMPTY"],
      ["document", "DOCUMENT_INVALID"],
    ]);
  });
});
