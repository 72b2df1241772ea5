/** Days as French banks write them: dd/mm/yyyy, dd/mm/yy or yyyy-mm-dd, with or without a time. */
import { dayInParis, isRealDay } from "../day";
import { trouble, type Trouble } from "../reading";

const iso = /^(\d{4})[-/.](\d\d)[-/.](\d\d)(?:[T ](.*))?$/;
const french = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?:[T ](.*))?$/;

/** `isUtc`: times without a zone are in UTC. */
export function writtenDay(text: string, isUtc: boolean): string | Trouble {
  const [day, time] = partsOf(text.trim());
  if (!isRealDay(day)) return trouble("the day is not written DD/MM/YYYY or YYYY-MM-DD, or does not exist.");
  const found = /^(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(time);
  const zone = found?.[2] ?? (isUtc ? "Z" : null);
  return found === null || zone === null ? day : dayInParis(`${day}T${found[1] ?? ""}${zone}`);
}

/** The day as YYYY-MM-DD, and what follows it. */
function partsOf(text: string): readonly [string, string] {
  const begins = iso.exec(text);
  if (begins) return [begins.slice(1, 4).join("-"), begins[4] ?? ""];
  return frenchPartsOf(french.exec(text)?.slice(1) ?? []);
}

function frenchPartsOf([day = "", month = "", year = "", time = ""]: readonly string[]): readonly [
  string,
  string,
] {
  const full = year.length === 2 ? `20${year}` : year;
  return [`${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`, time];
}
