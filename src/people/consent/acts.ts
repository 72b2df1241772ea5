/**
 * Computes from a person's acts of consent which supplier may use which channel: the suppliers shown ∩ granted −
 * withdrawn. Acts are only ever appended. Campaigns, caps and money play no part here.
 */
import type { ContactChannel, Language, Purpose } from "../../reference/catalogue";

export interface ShownRecipient {
  readonly supplierId: string;
  /** The name as it was shown. A later change of name does not change what was consented to. */
  readonly name: string;
  /** Where the company was registered; absent from acts before there were suppliers abroad. */
  readonly country?: string;
  readonly creditAgencies: readonly string[];
}

export interface Grant {
  readonly purpose: Purpose;
  /** Set for TRANSMIT only. The other purposes concern CarAtlas itself. */
  readonly supplierIds?: readonly string[];
  readonly channels?: readonly ContactChannel[];
  readonly creditAgencies?: readonly string[];
}

export interface Declared {
  readonly formVersion: number;
  readonly language: Language;
  /** The SHA-256 of the declaration as shown, in hexadecimal. */
  readonly textHash: string;
}

export interface ConsentGiven {
  readonly kind: "GIVEN";
  readonly shown: readonly ShownRecipient[];
  readonly grants: readonly Grant[];
  readonly declared: Declared;
}

/** A field that is left out means all: all purposes, suppliers or channels. */
export interface ConsentWithdrawn {
  readonly kind: "WITHDRAWN";
  readonly purpose?: Purpose;
  readonly supplierIds?: readonly string[];
  readonly channels?: readonly ContactChannel[];
}

export type ConsentAct = ConsentGiven | ConsentWithdrawn;

/** The channels that each supplier may use. A supplier without any channel left is absent. */
export type ConsentScope = ReadonlyMap<string, ReadonlySet<ContactChannel>>;

export function consentScopeOf(acts: readonly ConsentAct[]): ConsentScope {
  const scope = new Map<string, Set<ContactChannel>>();
  for (const act of acts) {
    if (act.kind === "GIVEN") grant(scope, act);
    else withdraw(scope, act);
  }
  return scope;
}

/** Returns the purposes other than TRANSMIT that are granted and not withdrawn. */
export function purposesOf(acts: readonly ConsentAct[]): ReadonlySet<Purpose> {
  let purposes: readonly Purpose[] = [];
  for (const act of acts) {
    purposes =
      act.kind === "GIVEN"
        ? [
            ...purposes,
            ...act.grants.map(({ purpose }) => purpose).filter((purpose) => purpose !== "TRANSMIT"),
          ]
        : purposes.filter((purpose) => !ends(act, purpose));
  }
  return new Set(purposes);
}

function grant(scope: Map<string, Set<ContactChannel>>, { shown, grants }: ConsentGiven): void {
  const shownIds = new Set(shown.map(({ supplierId }) => supplierId));
  const transmitted = grants.filter(({ purpose }) => purpose === "TRANSMIT");
  for (const { supplierIds, channels } of transmitted) {
    if (!channels || channels.length === 0) continue;
    for (const supplierId of (supplierIds ?? []).filter((id) => shownIds.has(id))) {
      scope.set(supplierId, new Set([...(scope.get(supplierId) ?? []), ...channels]));
    }
  }
}

function withdraw(scope: Map<string, Set<ContactChannel>>, act: ConsentWithdrawn): void {
  if (act.purpose !== undefined && act.purpose !== "TRANSMIT") return;
  for (const supplierId of act.supplierIds ?? [...scope.keys()]) {
    const left = [...(scope.get(supplierId) ?? [])].filter((channel) => !takesBack(act, channel));
    if (left.length > 0) scope.set(supplierId, new Set(left));
    else scope.delete(supplierId);
  }
}

const takesBack = ({ channels }: ConsentWithdrawn, channel: ContactChannel): boolean =>
  channels === undefined || channels.includes(channel);

const calls: readonly Purpose[] = ["QUALIFICATION_CALL", "FEEDBACK_CALL", "APPOINTMENT"];

// CarAtlas itself calls by phone, so withdrawing the phone from all suppliers also ends its calls.
function ends({ purpose, supplierIds, channels }: ConsentWithdrawn, standing: Purpose): boolean {
  if (purpose !== undefined) return purpose === standing;
  if (supplierIds !== undefined) return false;
  return channels === undefined || (channels.includes("PHONE") && calls.includes(standing));
}
