/**
 * Tokens created before tokens named their key. Links in mails and cursors in suppliers' programs live long,
 * so these must open for as long as key 1 is in the key ring.
 */
import { Cursors } from "../../src/account/feed/cursor.service";
import { SampleTokens } from "../../src/allocation/insights/sample-token.service";
import { PreviewTokens } from "../../src/consumer/intake/preview-token.service";
import { RevocationTokens } from "../../src/delivery/endpoints/revocation-token.service";
import { PersonTokens } from "../../src/people/leads/person-token.service";
import { ringOf, type KeyRing } from "../../src/platform/sealed/key-ring";

const recorded = {
  cursor: "ChssPQAAQACAAAAAAAAAoQobLD0AAEAAgAAAAAAAAOEAAAEfcfsEy81fMzMV0K3Pv31h5EpGe2M",
  preview:
    "cdPuWYdoWBJs_BBEjwMbnbIjlxkLCGMdYABH4G5d5_L1gbJ8a44PSy1XpkO3iFhzj6LRbkvJJYxOOCMMgbq0px7_2D0kjgbFP8HjD1HRp_xGjNlmLM1EzZhQedAfy8LX0MSJURusaXPC93XB62M2_DhQsfAw0rn0CQ",
  sample:
    "dA70gSzGyUA1ttv_iXxJzOtlYiuhG7JkcOBcLVazwYYtS-7rWUogq15GWB0EAJ_gR-3XDcdtys0JylDAuW3rsH3SbxondDFH4owdTk2e4nhwWl9gB19WUg",
  revocation:
    "ca_retrait_H-473oa7j3mvuR9kbtR9FGkj6Xs5iYE6oybLzhNCe9juxi2sQoB7ELuPDd9I98MGF9Bx96TvG1qM3Q4lsfEt9Bjk_1XrEmHHu_cNJ3J75LOJW8DB",
  person: "ca_person_ChssPQAAQACAAAAAAAAAwwhsxZr2X5uPM_3W3pTsNAH2chT_HA5_Bg",
};

const supplierId = "0a1b2c3d-0000-4000-8000-0000000000a1";
const [second, third] = ["0a1b2c3d-0000-4000-8000-0000000000b2", "0a1b2c3d-0000-4000-8000-0000000000c3"];
const epoch = "0a1b2c3d-0000-4000-8000-0000000000e1";
const keyOne = Buffer.alloc(32, 7);
const rotated: KeyRing = {
  current: 2,
  keys: new Map([
    [1, keyOne],
    [2, Buffer.alloc(32, 17)],
  ]),
};

describe.each([
  ["with the first key", ringOf(keyOne)],
  ["after a key rotation", rotated],
])("tokens without a key id open %s", (_, ring) => {
  it("a feed cursor", () => {
    expect(new Cursors(ring, epoch).read(supplierId, recorded.cursor)).toBe(1_234_567_890_123);
  });

  it("a preview", () => {
    const preview: unknown = new PreviewTokens(ring).read(recorded.preview);
    expect(preview).toEqual({ need: "une citadine – électrique", recipients: [supplierId] });
  });

  it("a sample of a missed lead", () => {
    const until = new Date("2026-03-01T00:00:00Z");
    const sample = { supplierId, campaignId: second, leadId: third, version: 7, until };
    expect(new SampleTokens(ring).read(recorded.sample)).toEqual(sample);
  });

  it("an acknowledgement link", () => {
    const expiresAt = new Date("2036-03-01T12:00:00.123Z");
    const link = { endpointId: supplierId, supplierId: second, leadId: third, expiresAt };
    expect(new RevocationTokens(ring).read(recorded.revocation, new Date("2030-01-01"))).toEqual(link);
  });

  it("a personal link", () => {
    expect(new PersonTokens(ring).read(recorded.person)).toBe(third);
  });
});
