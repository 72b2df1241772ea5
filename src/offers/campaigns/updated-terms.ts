/**
 * What does an edit of a campaign ask for? The six required fields are always named. Of the others, one that is
 * absent keeps its value and null sets the default. The result is an input like that of a new campaign, so that
 * both are checked alike.
 */
import { isShape, type Zone } from "../../reference/geo";
import { type Sent, updated } from "../../shared/updates";
import { type CampaignTerms } from "./terms";
import { type TermsInput, type ZoneInput } from "./terms-input";

export function updatedTerms(current: CampaignTerms, input: TermsInput): TermsInput {
  const { excludedZones, closedOnHolidays, onlyWhenConnected, duplicateWindowDays } = current;
  const kept = <T>(sent: Sent<T>, value: T | null | undefined) =>
    updated<T, null>(sent, { current: value ?? null, byDefault: null });
  return {
    ...input,
    site: kept(input.site, current.site),
    excludedZones: kept(input.excludedZones, excludedZones.map(zoneInputOf)),
    timeZone: kept(input.timeZone, current.timeZone),
    schedule: kept(input.schedule, current.schedule),
    closedOnHolidays: kept(input.closedOnHolidays, closedOnHolidays),
    onlyWhenConnected: kept(input.onlyWhenConnected, onlyWhenConnected),
    duplicateWindowDays: kept(input.duplicateWindowDays, duplicateWindowDays),
    maxSeats: kept(input.maxSeats, current.maxSeats),
    maxAgeHours: kept(input.maxAgeHours, current.maxAgeHours),
  };
}

/** The zone as somebody would enter it. */
export function zoneInputOf(zone: Zone): ZoneInput {
  if (!isShape(zone)) return { [zone.kind]: zone.code };
  if (zone.kind === "polygon") return { polygon: zone.geometry };
  const { longitude, latitude, radiusKm } = zone;
  return { circle: { longitude, latitude, radiusKm } };
}
