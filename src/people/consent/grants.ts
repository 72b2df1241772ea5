/**
 * Checks grants and withdrawals against what was shown to the person, and finds all their faults at once. An error is
 * a mistake of the form site, not of the person.
 */
import type { ConsentDeclaration, Purpose } from "../../reference/catalogue";
import { invalid } from "../../shared/errors";
import { checkEach, checkField, checkTogether } from "../../shared/faults";
import { isId } from "../../shared/months";
import type { Grant, ShownRecipient, ConsentWithdrawn } from "./acts";

/** The fields of the faults are paths inside the list, such as `[0].channels`. */
export function checkGrants(
  grants: readonly Grant[],
  shown: readonly ShownRecipient[],
  declaration: ConsentDeclaration,
): void {
  const shownIds = new Set(shown.map(({ supplierId }) => supplierId));
  const shownAgencies = new Set(shown.flatMap(({ creditAgencies }) => creditAgencies));
  const offered = declaration.purposes.map(({ purpose }) => purpose);
  checkEach(grants, (grant) =>
    checkTogether(
      () => {
        checkPurpose(grant, offered);
      },
      () => {
        if (grant.purpose === "TRANSMIT") checkTransmit(grant, shownIds);
      },
      () => {
        checkAgencies(grant, shownAgencies);
      },
    ),
  );
}

function checkPurpose({ purpose, supplierIds, channels }: Grant, offered: readonly Purpose[]): void {
  if (!offered.includes(purpose))
    throw invalid(
      `Purpose ${purpose} is not in the declaration that was shown. It offers ${offered.join(", ")}.`,
      { reason: "UNKNOWN_VALUE", field: "purpose", values: offered },
    );
  if (purpose !== "TRANSMIT" && (supplierIds != null || channels != null))
    throw invalid(`Purpose ${purpose} is CarAtlas's own: it takes no supplierIds and no channels.`, {
      reason: "NOT_ALLOWED",
      field: supplierIds == null ? "channels" : "supplierIds",
    });
}

function checkTransmit({ supplierIds, channels }: Grant, shownIds: ReadonlySet<string>): void {
  checkTogether(
    () => {
      checkSuppliers(supplierIds ?? [], shownIds);
    },
    () => {
      if (channels && channels.length > 0) return;
      throw invalid(
        "A TRANSMIT grant names its channels (PHONE, SMS, EMAIL). Leave the grant out if none was ticked.",
        { reason: "REQUIRED", field: "channels" },
      );
    },
  );
}

function checkSuppliers(supplierIds: readonly string[], shownIds: ReadonlySet<string>): void {
  if (supplierIds.length === 0)
    throw invalid(
      "A TRANSMIT grant names its suppliers: an empty list is not 'all of them'. Leave the grant out if none was ticked.",
      { reason: "REQUIRED", field: "supplierIds" },
    );
  checkField("supplierIds", () =>
    checkEach(supplierIds, (supplierId) => {
      if (shownIds.has(supplierId)) return;
      throw invalid(
        `${named(supplierId)} was not shown to the person by this preview, so it cannot be consented to. Preview again and show it.`,
        { reason: "UNKNOWN_VALUE" },
      );
    }),
  );
}

// The record is kept for ever and unencrypted, so no free text may enter it.
function checkAgencies({ creditAgencies }: Grant, shownAgencies: ReadonlySet<string>): void {
  if (creditAgencies?.some((agency) => !shownAgencies.has(agency)))
    throw invalid(
      "A grant names a credit agency that was not shown to the person. The recipients of the preview list theirs.",
      { reason: "UNKNOWN_VALUE", field: "creditAgencies" },
    );
}

/** A withdrawal may name only suppliers that were part of the request. */
export function checkWithdrawal(
  { supplierIds, channels }: Omit<ConsentWithdrawn, "kind">,
  shown: readonly ShownRecipient[],
): void {
  const known = new Set(shown.map(({ supplierId }) => supplierId));
  checkTogether(
    () => {
      checkList("supplierIds", supplierIds);
    },
    () => {
      checkList("channels", channels);
    },
    () =>
      checkField("supplierIds", () =>
        checkEach(supplierIds ?? [], (supplierId) => {
          if (known.has(supplierId)) return;
          throw invalid(`${named(supplierId)} is not part of this request. myRequest lists the recipients.`, {
            reason: "UNKNOWN_VALUE",
          });
        }),
      ),
  );
}

function checkList(field: string, list: readonly string[] | undefined): void {
  if (list?.length === 0)
    throw invalid("An empty list withdraws nothing. Leave the field out to withdraw from all.", {
      reason: "EMPTY",
      field,
    });
  // The record is kept for ever, so it must not hold duplicates.
  if (list && repeats(list))
    throw invalid("A supplier or channel is named twice. Name each once.", { reason: "DUPLICATE", field });
}

const repeats = (list: readonly string[]): boolean => new Set(list).size < list.length;

// A value that is not an id may be anything that was typed into the form, so the message does not repeat it.
const named = (supplierId: string): string =>
  isId(supplierId) ? `Supplier ${supplierId}` : "A supplier named in supplierIds";
