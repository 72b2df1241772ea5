import { NEW_CAR, type ConfirmationChannel } from "../../reference/catalogue";
import type { Grant } from "../../people/consent";
import { channelOf, consentedIn, needOf, newLead, phoneFor, waitUntilOf } from "./new-lead";
import type { Preview } from "./preview";

const at = new Date("2026-11-30T23:30:00Z");
const hourMs = 3_600_000;
const later = (ms: number): Date => new Date(at.getTime() + ms);
const preview: Preview = {
  product: "NEW_CAR",
  formVersion: 1,
  answers: { budgetEuros: 25_000, horizon: "NOW" },
  texts: { comment: "Plutôt le matin." },
  place: {
    inseeCode: "69123",
    postcode: "69003",
    commune: "Lyon",
    departement: "69",
    region: "84",
    country: "FR",
    arrondissement: null,
    position: null,
    precision: "NONE",
  },
  position: null,
  shown: ["atlas", "borel", "cazal"].map((supplierId) => ({
    supplierId,
    name: supplierId,
    creditAgencies: [],
  })),
  language: "FR",
  textHash: "0".repeat(64),
  expiresAt: later(hourMs).toISOString(),
};
const transmit = (supplierIds: string[], channels: Grant["channels"] = ["EMAIL"]): Grant => ({
  purpose: "TRANSMIT",
  supplierIds,
  channels,
});
const refusal = (message: string): unknown => expect.objectContaining({ code: "INVALID_INPUT", message });
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe("consentedIn", () => {
  it("returns the suppliers that were shown and ticked, without duplicates", () => {
    const grants = [transmit(["cazal", "atlas"]), transmit(["atlas"], ["PHONE"]), transmit(["stranger"])];
    expect(consentedIn(preview, grants).sort()).toEqual(["atlas", "cazal"]);
  });

  it("returns no supplier when only CarAtlas's own purposes were ticked", () => {
    expect(consentedIn(preview, [{ purpose: "FEEDBACK_CALL" }])).toEqual([]);
    expect(consentedIn(preview, [])).toEqual([]);
  });
});

describe("channelOf and phoneFor", () => {
  it("default to e-mail", () => {
    expect(channelOf(null, NEW_CAR.form)).toBe("EMAIL");
    expect(channelOf("SMS", NEW_CAR.form)).toBe("SMS");
  });

  it.each<[ConfirmationChannel | null, readonly ConfirmationChannel[], string]>([
    ["OPERATOR_CALL", ["SMS", "EMAIL"], "OPERATOR_CALL. It offers SMS, EMAIL."],
    [null, ["SMS"], "EMAIL. It offers SMS."],
  ])("refuse a channel that the form does not offer: %j of %j", (chosen, confirmBy, end) => {
    expect(thrownBy(() => channelOf(chosen, { ...NEW_CAR.form, confirmBy }))).toEqual(
      refusal(`This form does not offer to confirm by ${end}`),
    );
  });

  it.each<[string, Grant[], ConfirmationChannel, string | null]>([
    ["no, by e-mail only", [transmit(["atlas"])], "EMAIL", null],
    [
      "yes, for a call",
      [transmit(["atlas"]), transmit(["borel"], ["PHONE"])],
      "EMAIL",
      "a grant names PHONE or SMS",
    ],
    ["yes, for a text", [transmit(["atlas"], ["EMAIL", "SMS"])], "EMAIL", "a grant names PHONE or SMS"],
    ["yes, for the code", [transmit(["atlas"])], "SMS", "the code is to be sent by SMS"],
    ["no, for a purpose without channels", [{ purpose: "FEEDBACK_CALL" }], "EMAIL", null],
  ])("tell whether a phone number is required: %s", (_, grants, channel, why) => {
    expect(phoneFor(grants, channel)).toBe(why);
  });
});

describe("waitUntilOf", () => {
  const error = refusal(
    "waitUntil must lie ahead, at most seven days from now. Leave it out to wait for one day.",
  );

  it("defaults to one day", () => {
    expect(waitUntilOf(null, at)).toEqual(later(24 * hourMs));
  });

  it.each([1, hourMs, 7 * 24 * hourMs])("accepts %d ms", (ms) => {
    expect(waitUntilOf(later(ms), at)).toEqual(later(ms));
  });

  it.each([0, -1, 7 * 24 * hourMs + 1])("refuses %d ms", (ms) => {
    expect(thrownBy(() => waitUntilOf(later(ms), at))).toEqual(error);
  });
});

describe("newLead and needOf", () => {
  const suppliers = ["atlas", "borel"];
  const lead = newLead({
    ...{ id: "0142b2c3-0000-8000-8000-000000000001", reference: "CA-0000-0000-0000", source: "key:1" },
    ...{ preview, suppliers, waitUntil: later(24 * hourMs), at },
  });

  it("create an unconfirmed lead in the UTC month of submission that waits for all consented suppliers", () => {
    expect(lead).toEqual({
      month: 322,
      source: "key:1",
      id: "0142b2c3-0000-8000-8000-000000000001",
      reference: "CA-0000-0000-0000",
      productId: "NEW_CAR",
      state: "UNCONFIRMED",
      closeReason: null,
      submittedAt: at,
      confirmedAt: null,
      waitUntil: later(24 * hourMs),
      nextTryAt: null,
      triedAt: null,
      waitingFor: suppliers,
      seats: null,
      seatsTaken: 0,
      closedAt: null,
      erasedAt: null,
      joinedLeadId: null,
    });
  });

  it("keep the facts of the need, and of free text only which fields were answered", () => {
    const need = needOf(preview, lead);
    expect(need).toEqual({
      month: 322,
      leadId: lead.id,
      productId: "NEW_CAR",
      formVersion: 1,
      submittedAt: at,
      answers: preview.answers,
      textsAnswered: ["comment"],
      place: preview.place,
    });
    expect(JSON.stringify(need)).not.toContain("matin");
  });
});
