/** Validates the electronic address that a company gives for its e-invoices. */
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { checkOneLine } from "../../shared/lines";
import { addressSchemes, directoryScheme, type ElectronicAddress } from "./electronic-address";

/** `siren` is undefined when it is at fault itself; then the address cannot be compared with it. */
export function checkAddress(
  address: ElectronicAddress | null,
  siren: string | null | undefined,
): ElectronicAddress | null {
  if (address === null) return null;
  return checkAll<ElectronicAddress>({
    scheme: () => checkScheme(address.scheme, siren),
    value: () => checkAddressValue(checkOneLine("value", address.value, { most: 100 }), siren),
  });
}

function checkScheme(scheme: string, siren: string | null | undefined): string {
  if (!addressSchemes.has(scheme)) {
    throw invalid(
      "scheme must be a code of the list EAS that companies in Europe use, such as 0208, 9930 or 0225.",
      { reason: "UNKNOWN_VALUE" },
    );
  }
  if (siren === undefined || (scheme === directoryScheme) === (siren !== null)) return scheme;
  throw invalid("scheme is 0225 for a company with a SIREN, and another one for all others.", {
    reason: "NOT_ALLOWED",
  });
}

/** In the French directory an address is the SIREN, also followed by a suffix (BR-FR-21). */
function checkAddressValue(value: string, siren: string | null | undefined): string {
  if (siren == null || (value.startsWith(siren) && /^\d{9}(_[A-Za-z0-9+\-_/]+)?$/.test(value))) return value;
  throw invalid("value must be the SIREN, or the SIREN with a suffix such as 123456782_BILLING.", {
    reason: "INVALID",
  });
}
