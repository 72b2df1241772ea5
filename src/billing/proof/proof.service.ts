/** Proves the books: checks every rule on one snapshot of the database and reports violations. */
import type { Transact } from "../../platform/database";
import { integerOf } from "../../shared/integer";
import { proofRules } from "./proof-rules";
import type { RuleName } from "./rule-words";

export interface ProofFault {
  readonly rule: RuleName;
  readonly subject: string;
  readonly cents: number;
}

export interface Proof {
  readonly rules: number;
  readonly postings: number;
  readonly entries: number;
  readonly documents: number;
  /** At most 20 per rule. */
  readonly faults: readonly ProofFault[];
}

const shownOfEach = 20;

export class ProofService {
  constructor(private readonly transact: Transact) {}

  prove(): Promise<Proof> {
    return this.transact({ role: "staff" }, async (tx) => {
      await tx.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      const faults: ProofFault[] = [];
      for (const { name, sql } of proofRules) {
        const rows: { subject: string; cents: string }[] = await tx.query(
          `${sql} LIMIT ${String(shownOfEach)}`,
        );
        faults.push(...rows.map(({ subject, cents }) => ({ rule: name, subject, cents: integerOf(cents) })));
      }
      const [counted]: Record<"postings" | "entries" | "documents", string>[] = await tx.query(
        `SELECT (SELECT count(*) FROM posting) AS postings, (SELECT count(*) FROM entry) AS entries,
           (SELECT count(*) FROM billing_document) AS documents`,
      );
      return {
        rules: proofRules.length,
        postings: integerOf(counted?.postings),
        entries: integerOf(counted?.entries),
        documents: integerOf(counted?.documents),
        faults,
      };
    });
  }
}
