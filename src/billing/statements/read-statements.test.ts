import { readStatements } from "./read-statements.adapter";
import type { StatementFormat } from "./statement";

const today = "2026-11-30";

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

const read = (format: StatementFormat, content: string) =>
  readStatements(format, bytesOf(content), { today });

describe("our own CSV", () => {
  it("is read as before", async () => {
    const csv =
      "reference;booked_on;amount;remittance;counterparty\nB1;2026-11-20;1200,00;Facture  F2026-000001;Garage Essai\n";
    const [statement] = await read("CSV", csv);
    expect(statement?.movements).toMatchObject([
      {
        ...{ reference: "B1", bookedOn: "2026-11-20", amountCents: 120_000 },
        ...{ remittance: "Facture F2026-000001", counterparty: "Garage Essai" },
      },
    ]);
  });
});

describe("the stream of a file", () => {
  it.each([
    ["CSV", "Date;Solde\n"],
    ["CSV", 'Date;Libellé;Montant\n"open'],
    ["CAMT053", "<!DOCTYPE a><a/>"],
    ["CFONB120", "not CFONB\n".repeat(30)],
  ] as const)("in %s is closed when the file is refused early", async (format, beginning) => {
    let isClosed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from(beginning);
      } finally {
        isClosed = true;
      }
    }
    await expect(readStatements(format, endless(), { today })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(isClosed).toBe(true);
  });
});
