/**
 * Checks grants and withdrawals against what was shown to the person. An error is a mistake of the form site, not of
 * the person.
 */
import type { ConsentDeclaration } from "../../reference/catalogue";
import { invalid } from "../../shared/errors";
import { isId } from "../../shared/months";
import type { Grant, ShownRecipient, ConsentWithdrawn } from "./acts";

export function checkGrants(
  grants: readonly Grant[],
  shown: readonly ShownRecipient[],
  declaration: ConsentDeclaration,
): void {
  const shownIds = new Set(shown.map(({ supplierId }) => supplierId));
  const shownAgencies = new Set(shown.flatMap(({ creditAgencies }) => creditAgencies));
  const offered = declaration.purposes.map(({ purpose }) => purpose);
  for (const grant of grants) {
    if (!offered.includes(grant.purpose)) {
      throw invalid(
        `Purpose ${grant.purpose} is not in the declaration that was shown. It offers ${offered.join(", ")}.`,
      );
    }
    if (grant.purpose === "TRANSMIT") checkTransmit(grant, shownIds);
    else checkOwnPurpose(grant);
    checkAgencies(grant, shownAgencies);
  }
}

function checkTransmit({ supplierIds, channels }: Grant, shownIds: ReadonlySet<string>): void {
  if (!supplierIds || supplierIds.length === 0) {
    throw invalid(
      "A TRANSMIT grant names its suppliers: an empty list is not 'all of them'. Leave the grant out if none was ticked.",
    );
  }
  if (!channels || channels.length === 0) {
    throw invalid(
      "A TRANSMIT grant names its channels (PHONE, SMS, EMAIL). Leave the grant out if none was ticked.",
    );
  }
  for (const supplierId of supplierIds) {
    if (!shownIds.has(supplierId)) {
      throw invalid(
        `${named(supplierId)} was not shown to the person by this preview, so it cannot be consented to. Preview again and show it.`,
      );
    }
  }
}

function checkOwnPurpose({ purpose, supplierIds, channels }: Grant): void {
  if (supplierIds != null || channels != null) {
    throw invalid(`Purpose ${purpose} is CarAtlas's own: it takes no supplierIds and no channels.`);
  }
}

// The record is kept for ever and unencrypted, so no free text may enter it.
function checkAgencies({ creditAgencies }: Grant, shownAgencies: ReadonlySet<string>): void {
  if (creditAgencies?.some((agency) => !shownAgencies.has(agency))) {
    throw invalid(
      "A grant names a credit agency that was not shown to the person. The recipients of the preview list theirs.",
    );
  }
}

/** A withdrawal may name only suppliers that were part of the request. */
export function checkWithdrawal(
  { supplierIds, channels }: Omit<ConsentWithdrawn, "kind">,
  shown: readonly ShownRecipient[],
): void {
  checkList(supplierIds);
  checkList(channels);
  const known = new Set(shown.map(({ supplierId }) => supplierId));
  const unknown = supplierIds?.find((supplierId) => !known.has(supplierId));
  if (unknown !== undefined) {
    throw invalid(`${named(unknown)} is not part of this request. myRequest lists the recipients.`);
  }
}

function checkList(list: readonly string[] | undefined): void {
  if (list?.length === 0) {
    throw invalid("An empty list withdraws nothing. Leave the field out to withdraw from all.");
  }
  // The record is kept for ever, so it must not hold duplicates.
  if (list && repeats(list)) throw invalid("A supplier or channel is named twice. Name each once.");
}

const repeats = (list: readonly string[]): boolean => new Set(list).size < list.length;

// A value that is not an id may be anything that was typed into the form, so the message does not repeat it.
const named = (supplierId: string): string =>
  isId(supplierId) ? `Supplier ${supplierId}` : "A supplier named in supplierIds";
