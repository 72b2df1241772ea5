/**
 * Interns strings: codes repeat in thousands of campaigns, and sharing one instance costs a look-up instead
 * of their bytes. Zone codes are looked up by their parts, so that most are never concatenated.
 */
import { zoneCodeOf, type Zone } from "../../../reference/geo";

type Named = Extract<Zone, { readonly code: string }>;

export class StringPool {
  private readonly known = new Map<string, string>();
  private readonly zoneCodes = new Map<string, Map<string, string>>();

  intern(text: string): string {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    this.known.set(text, text);
    return text;
  }

  internZone(zone: Named): string {
    const codes = this.zoneCodes.get(zone.kind) ?? new Map<string, string>();
    const known = codes.get(zone.code);
    if (known !== undefined) return known;
    const code = zoneCodeOf(zone);
    codes.set(zone.code, code);
    this.zoneCodes.set(zone.kind, codes);
    return code;
  }
}
