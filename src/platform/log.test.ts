import fc from "fast-check";
import { createLog, describeError } from "./log";

function written(format: "json" | "lines", write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ format, level: "debug", write: (line) => lines.push(line) }));
  return lines.join("");
}

describe("createLog", () => {
  it.each(["json", "lines"] as const)(
    "writes each entry on one line without terminal commands, as %s",
    (format) => {
      fc.assert(
        fc.property(fc.string({ unit: "binary" }), fc.string(), (message, value) => {
          const text = written(format, (log) =>
            log.info({ value: `${value}\r\n\u001b[2J\u009b\u202e` }, `${message}\n`),
          );
          expect(text.indexOf("\n")).toBe(text.length - 1);
          expect(text.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
        }),
      );
    },
  );

  it("writes JSON with the time, the level and the message", () => {
    const entry = JSON.parse(written("json", (log) => log.warn({ n: 1 }, "slow"))) as Record<string, unknown>;
    expect(entry).toMatchObject({ level: "warn", msg: "slow", n: 1 });
    expect(entry["time"]).toMatch(/^\d{4}-.*Z$/);
    expect(entry).not.toHaveProperty("hostname");
  });

  it("writes readable lines in the other format", () => {
    expect(written("lines", (log) => log.info({ port: 4000 }, "listening"))).toMatch(
      /^\d\d:\d\d:\d\d INFO  listening port=4000\n$/,
    );
  });

  it("redacts known secret fields", () => {
    const text = written("json", (log) =>
      log.info({ authorization: "Bearer k1", request: { password: "p1" } }),
    );
    expect(text).not.toMatch(/k1|p1/);
  });
});

describe("describeError", () => {
  it("names the origin of a database error without its values", () => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "Dupont"'), {
      code: "22P02",
      table: "lead",
      detail: "Key (email)=(dupont@example.fr) already exists.",
      query: "INSERT …",
      parameters: ["Dupont"],
    });
    const text = written("json", (log) => log.error({ err: error }, "failed"));
    expect(text).not.toMatch(/dupont/i);
    expect(describeError(error)).toMatchObject({ name: "Error", code: "22P02", table: "lead" });
    expect(describeError(error).frames?.[0]).toContain("log.test.ts");
  });

  it.each(["call +33 6 12 34 56 78 now", "write to a.b@example.fr", "SIREN 732829320"])(
    "masks %s",
    (message) => {
      expect(describeError(new Error(message)).message).toContain("…");
    },
  );

  it("describes a thrown value that is not an Error by its type", () => {
    expect(describeError("Dupont")).toEqual({ name: "string" });
  });
});
