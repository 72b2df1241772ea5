/** Where may somebody run a campaign whose access is limited to some sites or campaigns? At their own sites. */
import type { Limits } from "../../access/identity";
import { AppError, invalid } from "../../shared/errors";

/** Without limits anywhere, and with none of a supplier's sites named at all. */
export function checkNewPlace(limits: Limits | null, site: string | null): void {
  if (limits === null || (site !== null && limits.sites.includes(site))) return;
  if (limits.sites.length === 0) {
    throw new AppError(
      "FORBIDDEN",
      "Your access is limited to campaigns that there are: you may change them, but not add one. Ask your administrator.",
    );
  }
  if (site !== null) throw elsewhere();
  throw invalid(
    "site: your access is limited to some sites, so a campaign of yours belongs to one. Name it.",
  );
}

/** From a site that they may see to another such site, or not at all: nothing is taken from others or pushed on them. */
export function checkMove(limits: Limits | null, from: string | null, to: string | null): void {
  if (limits === null || from === to) return;
  const isTheirs = (site: string | null): boolean => site !== null && limits.sites.includes(site);
  if (!isTheirs(from) || !isTheirs(to)) throw elsewhere();
}

const elsewhere = (): AppError =>
  new AppError(
    "FORBIDDEN",
    "Your access is limited to some sites: you may run campaigns at these only, and move them between these only.",
  );
