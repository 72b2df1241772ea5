/** Creates suppliers with their accounts, and their sites, on behalf of staff. */
import type { AuditService, IdempotencyService, Principal } from "../../access/identity";
import { scopeOf } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import {
  checkCreditLimit,
  checkMode,
  vatTreatmentOf,
  type BillingMode,
  type BillingService,
} from "../ledger";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { violationOf } from "../../platform/violations";
import { AppError } from "../../shared/errors";
import { checkAll, checkTogether } from "../../shared/faults";
import { checkSite, checkSupplier, type SiteFacts, type SupplierFacts } from "./check-supplier";
import { SiteEntity } from "./site.entity";
import type { SupplierBook } from "./supplier-book.service";
import { SupplierEntity } from "./supplier.entity";
import type { SiteView, SupplierView } from "./supplier-view";

export interface NewSupplier extends SupplierFacts {
  readonly billingMode: BillingMode;
  readonly creditLimitCents: number;
}

export interface NewSite extends SiteFacts {
  readonly supplierId: string;
}

export interface SuppliersServiceDeps {
  readonly transact: Transact;
  readonly book: SupplierBook;
  readonly billing: BillingService;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  readonly clock: Clock;
}

export class SuppliersService {
  constructor(private readonly deps: SuppliersServiceDeps) {}

  async create(by: Principal, input: NewSupplier, idempotencyKey: string | null): Promise<SupplierView> {
    const { book, billing, idempotency, audit, clock } = this.deps;
    const { billingMode, creditLimitCents, ...facts } = input;
    const [details, terms] = checkTogether(
      () => checkSupplier(facts),
      () => checkNewTerms(input),
    );
    const request = onceKey(by, { operation: "createSupplier", key: idempotencyKey, input });
    return this.deps.transact(scopeOf(by), async (tx) => {
      const { id } = await idempotency.once(tx, request, async () => {
        const created = {
          id: newId(),
          ...details,
          creditAgencies: [...details.creditAgencies],
          createdAt: clock.now(),
        };
        await unique(
          "supplier with this SIREN, register number or VAT number",
          tx.insert(SupplierEntity, created),
        );
        const vatTreatment = vatTreatmentOf(details);
        await billing.open(tx, created.id, { ...terms, vatTreatment });
        const act = { actor: by.consumer, action: "SUPPLIER_CREATED", subject: `supplier:${created.id}` };
        await audit.record(tx, { ...act, supplierId: created.id, detail: { billingMode, creditLimitCents } });
        return { id: created.id };
      });
      return book.one(tx, id);
    });
  }

  async createSite(by: Principal, input: NewSite, idempotencyKey: string | null): Promise<SiteView> {
    const { book, idempotency, audit, clock } = this.deps;
    const { supplierId, ...facts } = input;
    const request = onceKey(by, { operation: "createSite", key: idempotencyKey, input });
    return this.deps.transact(scopeOf(by), async (tx) => {
      const supplier = await book.one(tx, supplierId);
      const details = checkSite(facts, supplier);
      const { id } = await idempotency.once(tx, request, async () => {
        const created = { id: newId(), supplierId, ...details, createdAt: clock.now() };
        await unique("site with this SIRET", tx.insert(SiteEntity, created));
        const act = { actor: by.consumer, action: "SITE_CREATED", subject: `site:${created.id}` };
        await audit.record(tx, { ...act, supplierId, detail: {} });
        return { id: created.id };
      });
      return book.site(tx, id);
    });
  }
}

function checkNewTerms({ billingMode, creditLimitCents }: NewSupplier): {
  readonly mode: BillingMode;
  readonly creditLimitCents: number;
} {
  const found = checkAll({
    billingMode: () => checkMode(billingMode),
    creditLimitCents: () => checkCreditLimit(billingMode, creditLimitCents),
  });
  return { mode: found.billingMode, creditLimitCents: found.creditLimitCents };
}

interface StaffRequest {
  readonly operation: string;
  readonly key: string | null;
  readonly input: unknown;
}

const onceKey = (by: Principal, request: StaffRequest): Parameters<IdempotencyService["once"]>[1] => ({
  ...request,
  principal: by.consumer,
  supplierId: by.supplierId,
});

async function unique(what: string, insert: Promise<unknown>): Promise<void> {
  try {
    await insert;
  } catch (error) {
    if (violationOf(error)?.kind !== "UNIQUE") throw error;
    throw new AppError("CONFLICT", `A ${what} already exists. Look it up with the suppliers query.`, {
      reason: "ALREADY_EXISTS",
    });
  }
}
