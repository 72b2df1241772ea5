/** What an update does to a billing profile, and whether the result can stand on documents. Finds all faults at once. */
import { invalid } from "../../shared/errors";
import { checkAll, checkField, checkTogether } from "../../shared/faults";
import { checkOneLine, type LineShape } from "../../shared/lines";
import { mailAddressFault } from "../../shared/mail-address";
import { updated, updatedRequired, type Sent } from "../../shared/updates";
import type { BillingProfile } from "./billing-profile";
import { checkCountry, checkVatNumber } from "./check-company";
import type { SupplierDetails } from "./check-supplier";

/** An absent field keeps its value, and null sets its default. */
export type ProfileUpdate = { readonly [Field in keyof BillingProfile]?: Sent<BillingProfile[Field]> };

export interface ProfileBefore {
  /** null while the supplier has no profile. Then the fields without a default are required. */
  readonly current: BillingProfile | null;
  readonly supplier: Pick<SupplierDetails, "siren" | "vatNumber" | "country">;
}

const longestPurchaseOrder = 35;
export function updatedProfile({ current, supplier }: ProfileBefore, update: ProfileUpdate): BillingProfile {
  const line = (field: "street" | "postcode" | "city", shape?: LineShape) => (): string => {
    const text = updatedRequired(field, update[field], current?.[field]);
    return checkField(field, () => checkOneLine(field, text, shape));
  };
  const optional = (field: "purchaseOrder" | "email"): string | null =>
    updated(update[field], { current: current?.[field] ?? null, byDefault: null });
  const [place, street, postcode, city, language, rest] = checkTogether(
    () => checkPlace({ current, supplier }, update),
    line("street"),
    line("postcode", { most: 12 }),
    line("city"),
    () => updatedRequired("language", update.language, current?.language),
    () =>
      checkAll<Pick<BillingProfile, "purchaseOrder" | "email">>({
        purchaseOrder: () => checkPurchaseOrder(optional("purchaseOrder")),
        email: () => checkEmail(optional("email")),
      }),
  );
  return { ...place, street, postcode, city, language, ...rest };
}

/** The country decides what the VAT number has to look like. */
function checkPlace(
  before: ProfileBefore,
  update: ProfileUpdate,
): Pick<BillingProfile, "country" | "vatNumber"> {
  const text = updatedRequired("country", update.country, before.current?.country);
  const country = checkField("country", () => checkBillingCountry(text, before.supplier));
  const vatNumber = checkField("vatNumber", () =>
    vatNumberAfter(before, { country, sent: update.vatNumber }),
  );
  return { country, vatNumber };
}

/** The French establishment of a company abroad has a SIREN, so it is a supplier of its own. */
function checkBillingCountry(text: string, { country: registered }: ProfileBefore["supplier"]): string {
  const country = checkCountry(text);
  if (country !== "FR" || registered === "FR") return country;
  throw invalid(
    "country: a company abroad is not billed as a French one. Create its French establishment as a supplier with its SIREN.",
    { reason: "NOT_ALLOWED" },
  );
}

/** A supplier without a profile has the VAT number of its registration. */
function vatNumberAfter(
  { current, supplier }: ProfileBefore,
  { country, sent }: { readonly country: string; readonly sent: Sent<string> },
): string | null {
  const registered = country === supplier.country ? supplier.vatNumber : null;
  const text = updated(sent, { current: current === null ? registered : current.vatNumber, byDefault: null });
  return checkVatNumber(text, country, supplier.siren);
}

const checkPurchaseOrder = (text: string | null): string | null =>
  text === null ? null : checkOneLine("purchaseOrder", text, { most: longestPurchaseOrder });

function checkEmail(text: string | null): string | null {
  if (text === null) return null;
  const email = text.trim();
  const fault = mailAddressFault(email);
  if (fault === null) return email;
  throw invalid(`email: ${fault}.`, { reason: "MALFORMED" });
}
