import { limits } from "../../platform/graphql/limits";
import { readAll } from "./receiving.service";

it("holds at most one piece and one chunk, however large the file and however slow the database", async () => {
  const chunk = Buffer.alloc(64 * 1024, "x");
  let [arrived, stored, mostHeld] = [0, 0, 0];
  async function* body(): AsyncGenerator<Buffer> {
    while (arrived < limits.uploadBytes) {
      arrived += chunk.length;
      mostHeld = Math.max(mostHeld, arrived - stored);
      yield chunk;
    }
  }
  const store = async (piece: Buffer): Promise<void> => {
    // A body that did not wait would go on arriving meanwhile.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    stored += piece.length;
  };
  expect(await readAll(body(), store)).toMatchObject({ bytes: limits.uploadBytes });
  expect(stored).toBe(limits.uploadBytes);
  expect(mostHeld).toBeLessThanOrEqual(limits.uploadPieceBytes + chunk.length);
});
