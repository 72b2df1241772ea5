import { noticeText } from "./notice-words";

describe("noticeText", () => {
  it("makes the sentence from the facts", () => {
    const late = { kind: "INVOICE_OVERDUE", documentName: "F2026-000001", daysLate: 1 } as const;
    expect(noticeText(late, "FR")).toBe("Facture F2026-000001 en retard de 1 jour.");
    expect(noticeText({ ...late, daysLate: 15 }, "FR")).toBe("Facture F2026-000001 en retard de 15 jours.");
    expect(noticeText({ ...late, daysLate: 15 }, "EN")).toBe("Invoice F2026-000001 is 15 days late.");
    expect(noticeText({ kind: "LOW_BALANCE" }, "EN")).toBe("Your balance is low.");
  });

  it("keeps the sentence of a notice from before facts were stored", () => {
    const text = "Facture F2026-000002 en retard de 30 jours.";
    expect(noticeText({ kind: "INVOICE_OVERDUE", text }, "EN")).toBe(text);
    expect(noticeText({ kind: "LOW_BALANCE", text: "Votre solde est bas." }, "FR")).toBe(
      "Votre solde est bas.",
    );
  });
});
