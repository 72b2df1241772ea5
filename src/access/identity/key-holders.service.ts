/**
 * Decides which supplier a new key belongs to: the supplier itself, once its client has passed the go-live checks or
 * staff have waived them, or the supplier's sandbox.
 */
import type { EntityManager } from "typeorm";
import type { AuditService } from "./audit.service";
import { checkLiveKey, type MissingCheck } from "./live-keys";
import type { Principal } from "./principal";
import { isStaff } from "./scope";

/** The part of the sandbox module that creating keys needs. */
export interface Sandboxes {
  /** Returns the id of the supplier's sandbox, which is created if it does not exist yet. */
  open(by: Principal, supplierId: string): Promise<string>;
  /** The go-live checks that the supplier's sandbox has not passed. */
  missing(supplierId: string): Promise<readonly MissingCheck[]>;
}

export interface HolderInput {
  /** Defaults to LIVE. */
  readonly environment?: "LIVE" | "SANDBOX" | null;
  /** The reason for which staff grant a live key before the go-live checks have passed. */
  readonly waiveGoLive?: string | null;
}

export interface KeyHolder {
  readonly supplierId: string | null;
  readonly sandbox: boolean;
  /** The reason of the waiver; null when nothing had to be waived. */
  readonly waived: string | null;
}

export class KeyHolders {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly audit: AuditService,
  ) {}

  /** Staff and form sites (`supplierId` null) have no sandbox and need no checks. The input is checked already. */
  async of(by: Principal, input: HolderInput, supplierId: string | null): Promise<KeyHolder> {
    const [sandbox, waiver] = [input.environment === "SANDBOX", input.waiveGoLive ?? null];
    if (supplierId === null) return { supplierId, sandbox: false, waived: null };
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
