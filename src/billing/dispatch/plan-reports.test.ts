import fc from "fast-check";
import {
  kindOf,
  plannedReports,
  type PeriodOfSales,
  type ReportKind,
  type ReportState,
} from "./plan-reports";

const period = (change: Partial<PeriodOfSales>): PeriodOfSales => ({
  ...{ from: "2026-12-01", to: "2026-12-10", isIncomplete: true, newest: null, isSent: false },
  ...change,
});

describe("the reports that are made", () => {
  it.each([
    ["a period that is over", {}, true],
    ["the period that is not over", { to: "2026-12-11" }, false],
    ["nothing new", { isIncomplete: false, newest: "SENT", isSent: true }, false],
    ["a late document", { newest: "SENT", isSent: true }, true],
    ["a report that still waits", { newest: "WAITING" }, false],
    ["a report that was refused, which somebody has to look at first", { newest: "REFUSED" }, false],
  ] as const)("depend on the period: %s", (_, change, isMade) => {
    expect(plannedReports([period(change)], "2026-12-11")).toHaveLength(isMade ? 1 : 0);
  });

  it("replace what was sent, and are the first otherwise", () => {
    expect(kindOf(period({}))).toBe("INITIAL");
    expect(kindOf(period({ newest: "SENT", isSent: true }))).toBe("RECTIFYING");
    expect(kindOf(period({ newest: "REFUSED", isSent: true }))).toBe("RECTIFYING");
    expect(kindOf(period({ newest: "REFUSED" }))).toBe("INITIAL");
  });

  /** A model of what the database keeps, and of what the tax authority has. */
  class Model {
    readonly sales = new Map<number, number | null>();
    readonly reports: { kind: ReportKind; state: ReportState; sales: readonly number[] }[] = [];

    private facts(): PeriodOfSales {
      return period({
        isIncomplete: [...this.sales.values()].includes(null),
        newest: this.reports.at(-1)?.state ?? null,
        isSent: this.reports.some(({ state }) => state === "SENT"),
      });
    }
    report(isAsked: boolean): void {
      const facts = this.facts();
      const planned = plannedReports([facts], "2026-12-11").length > 0;
      const again = isAsked && facts.newest === "REFUSED" && facts.isIncomplete;
      if (!planned && !again) return;
      this.reports.push({ kind: kindOf(facts), state: "WAITING", sales: [...this.sales.keys()] });
      for (const sale of this.sales.keys()) this.sales.set(sale, this.reports.length - 1);
    }
    end(index: number, state: ReportState): void {
      const report = this.reports[index];
      if (!report || report.state === "REFUSED") return;
      report.state = state;
      if (state !== "REFUSED") return;
      for (const [sale, holder] of this.sales) if (holder === index) this.sales.set(sale, null);
    }
    send(): void {
      if (this.reports.at(-1)?.state === "WAITING") this.end(this.last, "SENT");
    }
    get last(): number {
      return this.reports.length - 1;
    }
    /** An initial report adds its sales; a rectifying one replaces everything. */
    known(): readonly number[] {
      return this.reports
        .filter(({ state }) => state === "SENT")
        .reduce<readonly number[]>(
          (all, { kind, sales }) => (kind === "INITIAL" ? [...all, ...sales] : sales),
          [],
        );
    }
  }

  const actions: Readonly<Record<string, (model: Model, index: number) => void>> = {
    SALE: (model, index) => model.sales.set(index, null),
    REPORT: (model) => {
      model.report(false);
    },
    ASK: (model) => {
      model.report(true);
    },
    SENT: (model) => {
      model.send();
    },
    REFUSED: (model) => {
      model.end(model.last, "REFUSED");
    },
    REFUSED_LATER: (model, index) => {
      model.end(index % Math.max(1, model.reports.length), "REFUSED");
    },
  };

  it("leave nothing out and report nothing twice, whatever is late or refused", () => {
    const step = fc.constantFrom(...Object.keys(actions));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const model = new Model();
        for (const [index, one] of steps.entries()) {
          actions[one]?.(model, index);
          expect(new Set(model.known()).size).toBe(model.known().length);
        }
        for (let round = 0; round < 3; round++) {
          model.report(true);
          model.send();
        }
        expect([...model.known()].sort()).toEqual([...model.sales.keys()].sort());
      }),
      { numRuns: 500 },
    );
  });
});
