/** Accepts outcome reports in batches. Each report is answered separately: an invalid one does not affect the rest. */
import { In, type EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { DeliveryBook, DeliveryRow } from "../deliveries";
import type { SupplierScope } from "../../access/identity";
import type { LeadVault } from "../../people/leads";
import type { Transact } from "../../platform/database";
import { failpoint } from "../../platform/failpoint";
import type { KeyRing } from "../../platform/sealed/key-ring";
import { KeyedDigests, type KeyedDigest } from "../../platform/sealed/values";
import { canonicalJson } from "../../shared/canonical-json";
import { invalid } from "../../shared/errors";
import { monthOfId } from "../../shared/months";
import { OutcomeEntity } from "./outcome.entity";
import { decideReport, noSuchLead, reportThatCounts, type OutcomeReport, type ReportFault } from "./report";

export interface ReportAnswer {
  readonly leadId: string;
  /** null if the report was accepted. */
  readonly fault: ReportFault | null;
}

export interface Reporter {
  readonly scope: SupplierScope;
  readonly actor: string;
}

/** A report that could not be read, with what is wrong with it. */
export interface UnreadableReport {
  readonly leadId: string;
  readonly unreadable: string;
}

export interface OutcomeView {
  readonly status: string;
  readonly occurredAt: Date;
  readonly saleCents: number | null;
  readonly reportedAt: Date;
}

const largestBatch = 100;

export class OutcomesService {
  private readonly digests: KeyedDigests;

  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly deliveries: DeliveryBook;
      readonly vault: LeadVault;
      readonly clock: Clock;
    },
    indexKey: KeyRing,
  ) {
    this.digests = new KeyedDigests(indexKey, "outcome");
  }

  /** One answer per report, in the order given. */
  async report(
    reporter: Reporter,
    reports: readonly (OutcomeReport | UnreadableReport)[],
  ): Promise<ReportAnswer[]> {
    if (reports.length === 0 || reports.length > largestBatch) {
      throw invalid(`reportOutcomes takes 1 to ${String(largestBatch)} reports at a time.`, {
        reason: reports.length === 0 ? "EMPTY" : "TOO_MANY",
      });
    }
    const { scope } = reporter;
    const answers = await this.deps.transact(scope, async (tx) => {
      const ids = reports.map(({ leadId }) => leadId);
      const deliveries = new Map(
        (await this.deps.deliveries.lockOwn(tx, scope.supplierId, ids)).map((one) => [one.id, one]),
      );
      const taken: ReportAnswer[] = [];
      for (const report of reports)
        taken.push(
          "unreadable" in report
            ? answerTo(report)
            : await this.take(tx, reporter, { report, delivery: deliveries.get(report.leadId) }),
        );
      failpoint("outcome.before-commit");
      return taken;
    });
    failpoint("outcome.after-commit");
    return answers;
  }

  /** The report of each lead that counts, in the order of `ids`. */
  async latest(scope: SupplierScope, ids: readonly string[]): Promise<(OutcomeView | null)[]> {
    const { supplierId } = scope;
    return this.deps.transact(scope, async (tx) => {
      const months = [...new Set(ids.map(monthOfId))];
      const rows = await tx.find(OutcomeEntity, {
        where: { month: In(months), deliveryId: In([...ids]), supplierId },
        order: { number: "ASC" },
      });
      return ids.map((id) => reportThatCounts(rows.filter(({ deliveryId }) => deliveryId === id)));
    });
  }

  private async take(
    tx: EntityManager,
    { scope, actor }: Reporter,
    { report, delivery }: { report: OutcomeReport; delivery: DeliveryRow | undefined },
  ): Promise<ReportAnswer> {
    const { leadId } = report;
    if (!delivery) return { leadId, fault: noSuchLead };
    const text = canonicalJson(report);
    const whose = { month: delivery.month, deliveryId: delivery.id };
    const earlier = await tx.findOneBy(OutcomeEntity, { ...whose, reportKey: In(this.keysOf(report, text)) });
    const now = this.deps.clock.now();
    const decision = decideReport(report, {
      matchedAt: delivery.matchedAt,
      revoked: delivery.revokedAt !== null,
      now,
      earlier: !earlier ? "NONE" : this.isSame(earlier, text) ? "SAME" : "OTHER",
    });
    if (decision.kind === "REFUSE") return { leadId, fault: decision };
    if (decision.kind === "STORE") {
      const number = (await tx.countBy(OutcomeEntity, whose)) + 1;
      const { status, saleCents } = report;
      const { occurredAt } = decision;
      const { digest: reportDigest, keyId: reportKeyId } = this.digests.of(text);
      const [reportKey] = this.keysOf(report, text);
      const wordsSealed = await this.seal(tx, delivery, report);
      await tx.insert(OutcomeEntity, {
        ...whose,
        ...{ number, supplierId: scope.supplierId, reportKey, reportDigest, reportKeyId },
        ...{ status, occurredAt, saleCents, wordsSealed, reportedAt: now, reportedBy: actor },
      });
    }
    return { leadId, fault: null };
  }

  /**
   * The report's key under each index key, the current one first. Only a digest of the externalId is stored, because a
   * supplier may write anything into it, even a name.
   */
  private keysOf({ externalId }: OutcomeReport, text: string): [string, ...string[]] {
    const keyOf = ({ digest }: KeyedDigest): string =>
      `${externalId === null ? "digest" : "external"}:${digest.toString("base64url")}`;
    const [current, ...earlier] = this.digests.all(externalId ?? text);
    return [keyOf(current), ...earlier.map(keyOf)];
  }

  private isSame({ reportDigest: digest, reportKeyId: keyId }: OutcomeEntity, text: string): boolean {
    return this.digests.matches({ digest, keyId }, text);
  }

  private async seal(
    tx: EntityManager,
    { leadId }: DeliveryRow,
    { vehicle, comment }: OutcomeReport,
  ): Promise<Buffer | null> {
    if (vehicle === null && comment === null) return null;
    return this.deps.vault.sealText(tx, leadId, {
      text: JSON.stringify({ vehicle, comment }),
      context: "outcome",
    });
  }
}

const answerTo = ({ leadId, unreadable }: UnreadableReport): ReportAnswer => ({
  leadId,
  fault: { code: "INVALID_INPUT", message: unreadable },
});
