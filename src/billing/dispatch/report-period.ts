/**
 * For which periods are sales reported to the tax authority, and by when? It depends on the seller's own VAT regime
 * (CGI ann. IV 41 septdecies, decree 2022-1299). Days are days in Paris.
 */
export const vatRegimes = ["NORMAL_MONTHLY", "NORMAL_QUARTERLY", "SIMPLIFIED", "FRANCHISE"] as const;
/**
 * NORMAL_MONTHLY: three periods a month. NORMAL_QUARTERLY and SIMPLIFIED: one a month. FRANCHISE (no VAT): one for two
 * months.
 */
export type VatRegime = (typeof vatRegimes)[number];

export interface ReportPeriod {
  /** "YYYY-MM-DD" */
  readonly from: string;
  /** The last day, inclusive. */
  readonly to: string;
  /** The last day on which the report is in time. */
  readonly dueOn: string;
}

/** The period that contains a day, "YYYY-MM-DD". */
export function reportPeriodOf(day: string, regime: VatRegime): ReportPeriod {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const first = { year, month };
  if (regime === "NORMAL_MONTHLY") return tenDays(first, date);
  const months = regime === "FRANCHISE" ? 2 : 1;
  const start = { year, month: month - ((month - 1) % months) };
  const last = { ...start, month: start.month + months - 1 };
  // Simplified regimes have from the 25th to the 30th, by seller; the 25th is in time for all of them.
  const dueDate = regime === "NORMAL_QUARTERLY" ? 10 : 25;
  return { from: dayOf(start, 1), to: endOf(last), dueOn: dayOf(after(last), dueDate) };
}

function tenDays(month: Month, date: number): ReportPeriod {
  if (date <= 10) return { from: dayOf(month, 1), to: dayOf(month, 10), dueOn: dayOf(month, 20) };
  if (date <= 20) return { from: dayOf(month, 11), to: dayOf(month, 20), dueOn: endOf(month) };
  return { from: dayOf(month, 21), to: endOf(month), dueOn: dayOf(after(month), 10) };
}

interface Month {
  readonly year: number;
  /** From 1; 13 is January of the next year. */
  readonly month: number;
}

const after = ({ year, month }: Month): Month => ({ year, month: month + 1 });
const dayOf = ({ year, month }: Month, date: number): string =>
  new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
const endOf = (month: Month): string => dayOf(after(month), 0);
