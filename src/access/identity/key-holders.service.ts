/** Whose a new key will be: the supplier's own, once its client has shown what it must, or its sandbox's. */
import type { EntityManager } from "typeorm";
import { invalid } from "../../shared/errors";
import type { AuditService } from "./audit.service";
import { checkLiveKey, type MissingCheck } from "./live-keys";
import type { Principal } from "./principal";
import { isStaff } from "./scope";

/** What the sandboxes know of a supplier. */
export interface Sandboxes {
  /** The twin of this supplier, made if it has none yet. */
  open(by: Principal, supplierId: string): Promise<string>;
  /** The checks that this supplier's twin has not passed. */
  missing(supplierId: string): Promise<readonly MissingCheck[]>;
}

export interface HolderInput {
  /** Live if left out. */
  readonly environment?: "LIVE" | "SANDBOX";
  /** Why staff give a live key before the checks have passed. */
  readonly waiveGoLive?: string | null;
}

export interface KeyHolder {
  readonly supplierId: string | null;
  readonly sandbox: boolean;
  /** Why staff let it pass; null if they did not have to. */
  readonly waived: string | null;
}

export class KeyHolders {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly audit: AuditService,
  ) {}

  /** Staff and form sites have no sandbox and need no checks. */
  async of(by: Principal, input: HolderInput, supplierId: string | null): Promise<KeyHolder> {
    const [sandbox, waiver] = [input.environment === "SANDBOX", input.waiveGoLive ?? null];
    if (supplierId === null) {
      if (!sandbox && waiver === null) return { supplierId, sandbox, waived: null };
      throw invalid("environment and waiveGoLive are about suppliers' keys. Leave them out.");
    }
    if (sandbox && waiver !== null)
      throw invalid("waiveGoLive: a key of the sandbox needs no checks. Leave it out.");
    if (sandbox) return { supplierId: await this.sandboxes.open(by, supplierId), sandbox, waived: null };
    const missing = await this.sandboxes.missing(supplierId);
    return { supplierId, sandbox, waived: checkLiveKey({ missing, waiver, byStaff: isStaff(by.role) }) };
  }

  async recordWaiver(
    tx: EntityManager,
    by: Principal,
    { waived, supplierId, keyId }: KeyHolder & { readonly keyId: string },
  ): Promise<void> {
    if (waived === null) return;
    await this.audit.record(tx, {
      actor: by.consumer,
      action: "GO_LIVE_WAIVED",
      subject: `key:${keyId}`,
      supplierId,
      detail: { reason: waived },
    });
  }
}
