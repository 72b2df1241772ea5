/**
 * Which reports of sales are to be made now? A report always contains every sale of its period. The first one is
 * INITIAL. A sale that is found later, because its transaction was still open when the period ended, leads to a
 * RECTIFYING report, which replaces those before it: the sources know no report that only adds to another one.
 */
export interface PeriodOfSales {
  /** "YYYY-MM-DD" */
  readonly from: string;
  readonly to: string;
  /** Whether some of its sales are in no report that is waiting or was accepted. */
  readonly isIncomplete: boolean;
  /** Of its reports; null if it has none. */
  readonly newest: ReportState | null;
  /** Whether any of its reports is at the platform. */
  readonly isSent: boolean;
}

export type ReportState = "WAITING" | "SENT" | "REFUSED";
export type ReportKind = "INITIAL" | "RECTIFYING";

/** What is to be reported again has to follow what is known there, and nothing is known of a refused report. */
export const kindOf = ({ isSent }: Pick<PeriodOfSales, "isSent">): ReportKind =>
  isSent ? "RECTIFYING" : "INITIAL";

/**
 * The periods for which a report is to be made. `today` is the day in Paris. A report that waits is sent first, so that
 * they arrive in their order. After a refusal somebody has to act first: the same report would be refused again.
 */
export const plannedReports = <Period extends PeriodOfSales>(
  periods: readonly Period[],
  today: string,
): readonly Period[] =>
  periods.filter(
    ({ to, isIncomplete, newest }) =>
      to < today && isIncomplete && newest !== "WAITING" && newest !== "REFUSED",
  );
