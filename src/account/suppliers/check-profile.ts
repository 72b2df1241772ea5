/** What an update does to a billing profile, and whether the result can stand on documents. Finds all faults at once. */
import { vatConsequences, vatTreatmentOf } from "../ledger";
import { invalid } from "../../shared/errors";
import { checkAll, checkField, checkTogether } from "../../shared/faults";
import { checkOneLine, type LineShape } from "../../shared/lines";
import { mailAddressFault } from "../../shared/mail-address";
import { vatNumberOf } from "../../shared/registration";
import { updated, updatedRequired, type Sent } from "../../shared/updates";
import type { BillingProfile } from "./billing-profile";
import type { SupplierDetails } from "./check-supplier";

/** An absent field keeps its value, and null sets its default. */
export type ProfileUpdate = { readonly [Field in keyof BillingProfile]?: Sent<BillingProfile[Field]> };

export interface ProfileBefore {
  /** null while the supplier has no profile. Then the fields without a default are required. */
  readonly current: BillingProfile | null;
  readonly supplier: Pick<SupplierDetails, "siren" | "vatNumber">;
}

const longestPurchaseOrder = 35;
/** The two letters of the country (EL for Greece), followed by the national number. */
const vatShape = /^[A-Z]{2}[A-Z0-9+*]{2,12}$/;

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
  const country = checkField("country", () => checkCountry(text));
  const vatNumber = checkField("vatNumber", () =>
    vatNumberAfter(before, { country, sent: update.vatNumber }),
  );
  return { country, vatNumber };
}

function checkCountry(text: string): string {
  const country = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(country)) return country;
  throw invalid("country must be a two-letter ISO 3166 code, for example FR, MC or BE.", {
    reason: "MALFORMED",
  });
}

/** A French supplier without a profile has the VAT number of its registration. */
function vatNumberAfter(
  { current, supplier }: ProfileBefore,
  { country, sent }: { readonly country: string; readonly sent: Sent<string> },
): string | null {
  const registered = country === "FR" ? supplier.vatNumber : null;
  const text = updated(sent, { current: current === null ? registered : current.vatNumber, byDefault: null });
  const vatNumber = text === null ? null : text.replaceAll(/\s/g, "").toUpperCase();
  if (country === "FR") return checkFrench(vatNumber, supplier.siren);
  const { isDeclared } = vatConsequences[vatTreatmentOf({ country, departement: null })];
  return isDeclared ? checkEuropean(vatNumber, country) : vatNumber;
}

function checkFrench(vatNumber: string | null, siren: string): string | null {
  if (vatNumber === null || vatNumber === vatNumberOf(siren)) return vatNumber;
  throw invalid(
    "vatNumber does not belong to this SIREN: it must be FR, two digits computed from the SIREN, and the SIREN.",
    { reason: "INVALID" },
  );
}

function checkEuropean(vatNumber: string | null, country: string): string {
  const prefix = country === "GR" ? "EL" : country;
  if (vatNumber !== null && vatShape.test(vatNumber) && vatNumber.startsWith(prefix)) return vatNumber;
  throw invalid(
    `vatNumber is required for a supplier in ${country} and begins with ${prefix}. The reverse charge of VAT needs it.`,
    { reason: vatNumber === null ? "REQUIRED" : "MALFORMED" },
  );
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
