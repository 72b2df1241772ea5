/**
 * Records the onboarding of suppliers: register checks, accepted terms and waivers. Records are only added, never
 * changed. Which steps are required is decided in onboarding.ts.
 */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type Principal, type SupplierScope } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { AppError, invalid, notFound } from "../../shared/errors";
import { isInVies } from "../../shared/vat-numbers";
import { loadFacts } from "./facts.service";
import { checkRegisterEntry, type RegisterEntry } from "./check-register-entry";
import {
  missingSteps,
  stepsOf,
  type OnboardingFacts,
  type RegisterCheck,
  type OnboardingStep,
  type Terms,
} from "./onboarding";
import { askVies } from "./ask-vies.service";
import type { Vies } from "./vies";

export interface OnboardingServiceDeps {
  readonly transact: Transact;
  readonly audit: AuditService;
  readonly vies: Vies;
  readonly terms: Terms;
  readonly clock: Clock;
}

export interface OnboardingView {
  readonly supplierId: string;
  readonly steps: readonly OnboardingStep[];
  readonly facts: OnboardingFacts;
  /** The supplier's name as shown to persons. */
  readonly name: string;
}

interface Kept extends RegisterCheck {
  readonly supplierId: string;
  readonly proof: unknown;
}

export class OnboardingService {
  constructor(private readonly deps: OnboardingServiceDeps) {}

  async of(tx: EntityManager, supplierId: string): Promise<OnboardingView> {
    const { facts, name } = await this.load(tx, supplierId);
    return { supplierId, name, facts, steps: stepsOf(facts, false) };
  }

  /**
   * Throws a CONFLICT listing the steps that are missing before this supplier may run a campaign. A sandbox needs no
   * onboarding; its supplier is not visible here.
   */
  async demand(supplierId: string, product: { readonly atOrias: boolean }): Promise<void> {
    const row = await this.deps.transact({ role: "worker" }, (tx) => loadFacts(tx, supplierId));
    if (!row) return;
    const missing = missingSteps(stepsOf({ ...row, termsInForce: this.deps.terms }, product.atOrias));
    if (missing.length === 0) return;
    const todo = missing.map(({ step, todo: what }) => `${step}: ${what}`).join("; ");
    throw new AppError("CONFLICT", `The onboarding of the supplier is not complete. ${todo}.`, {
      reason: "ONBOARDING_INCOMPLETE",
      missing,
    });
  }

  async acceptTerms(scope: SupplierScope, by: string, version: string): Promise<OnboardingView> {
    const { transact, terms, clock } = this.deps;
    if (version !== terms.version) {
      throw invalid(
        `version: the current terms are version ${terms.version}. Read and accept that version.`,
        {
          reason: "UNKNOWN_VALUE",
          field: "version",
        },
      );
    }
    const { supplierId } = scope;
    return transact(scope, async (tx) => {
      const rows: unknown[] = await tx.query(
        `INSERT INTO terms_acceptance (supplier_id, version, accepted_at, accepted_by)
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING true`,
        [supplierId, version, clock.now(), by],
      );
      if (rows.length > 0)
        await this.record(tx, { by, supplierId, action: "TERMS_ACCEPTED", detail: { version } });
      return this.of(tx, supplierId);
    });
  }

  /** Looks up the VAT number in VIES. A French number contains the SIREN, so it also proves the SIREN. */
  async lookUp(by: Principal, supplierId: string): Promise<OnboardingView> {
    const { transact, clock } = this.deps;
    const { facts } = await transact(scopeOf(by), (tx) => this.load(tx, supplierId));
    const { siren, vatNumber } = facts;
    if (vatNumber === null || !isInVies(vatNumber)) {
      throw new AppError(
        "CONFLICT",
        "This supplier has no VAT number that VIES knows. Look it up in its register and use recordRegisterCheck.",
        { reason: "NO_VAT_NUMBER" },
      );
    }
    const { valid, reference, name, proof } = await askVies(this.deps.vies, vatNumber);
    const found = { supplierId, valid, source: "VIES" as const, reference: reference ?? "", name, proof };
    const checked = { ...found, checkedAt: clock.now(), checkedBy: by.consumer };
    const numbers = [{ kind: "VAT" as const, number: vatNumber }];
    const sirens =
      siren !== null && vatNumber.startsWith("FR") && vatNumber.endsWith(siren)
        ? [{ kind: "SIREN" as const, number: siren }]
        : [];
    return this.keep(
      by,
      [...numbers, ...sirens].map((number) => ({ ...checked, ...number })),
    );
  }

  /** Records what a member of staff found in a register. */
  async enter(by: Principal, supplierId: string, entry: RegisterEntry): Promise<OnboardingView> {
    const { transact, clock } = this.deps;
    const { facts } = await transact(scopeOf(by), (tx) => this.load(tx, supplierId));
    const checked = checkRegisterEntry(entry, facts);
    const kept = { ...checked, supplierId, source: "STAFF" as const, proof: {} };
    return this.keep(by, [{ ...kept, checkedAt: clock.now(), checkedBy: by.consumer }]);
  }

  /** Waives all missing steps, also those that appear later, and records who waived them and why. */
  async waive(by: Principal, supplierId: string, reason: string): Promise<OnboardingView> {
    const said = reason.trim();
    if (said.length === 0 || said.length > 500)
      throw invalid("reason must have 1 to 500 characters.", {
        reason: said.length === 0 ? "EMPTY" : "TOO_LONG",
        field: "reason",
      });
    return this.deps.transact(scopeOf(by), async (tx) => {
      await this.load(tx, supplierId);
      const rows: unknown[] = await tx.query(
        `INSERT INTO onboarding_waiver (supplier_id, reason, waived_at, waived_by)
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING true`,
        [supplierId, said, this.deps.clock.now(), by.consumer],
      );
      if (rows.length > 0) {
        const action = "ONBOARDING_WAIVED";
        await this.record(tx, { by: by.consumer, supplierId, action, detail: { reason: said } });
      }
      return this.of(tx, supplierId);
    });
  }

  private async keep(by: Principal, checks: readonly Kept[]): Promise<OnboardingView> {
    const { supplierId } = checks[0] ?? { supplierId: "" };
    return this.deps.transact(scopeOf(by), async (tx) => {
      for (const { kind, number, valid, source, reference, name, checkedAt, checkedBy, proof } of checks) {
        const found = [kind, number, valid, source, reference, name, JSON.stringify(proof)];
        const ids = [newId(), supplierId];
        await tx.query(
          `INSERT INTO register_check
            (id, supplier_id, kind, number, valid, source, reference, name, proof, checked_at, checked_by)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
          [...ids, ...found, checkedAt, checkedBy],
        );
        const detail = { kind, number, valid, source, reference };
        await this.record(tx, { by: by.consumer, supplierId, action: "REGISTER_CHECKED", detail });
      }
      return this.of(tx, supplierId);
    });
  }

  private record(
    tx: EntityManager,
    { by, supplierId, ...act }: { by: string; supplierId: string; action: string; detail: Detail },
  ): Promise<void> {
    return this.deps.audit.record(tx, { ...act, actor: by, subject: `supplier:${supplierId}`, supplierId });
  }

  private async load(tx: EntityManager, supplierId: string): Promise<Loaded> {
    const row = await loadFacts(tx, supplierId);
    if (!row) throw notFound("supplier");
    const { name, ...facts } = row;
    return { name, facts: { ...facts, termsInForce: this.deps.terms } };
  }
}

type Detail = Parameters<AuditService["record"]>[1]["detail"];

interface Loaded {
  readonly name: string;
  readonly facts: OnboardingFacts;
}
