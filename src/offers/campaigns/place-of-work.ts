/**
 * Where may a member whose access is limited to some sites or campaigns create or move a campaign? At their
 * own sites only.
 */
import type { Limits } from "../../access/identity";
import { AppError } from "../../shared/errors";

/** Whether a new campaign of theirs must name a site. */
export const needsSite = (limits: Limits | null): boolean => limits !== null && limits.sites.length > 0;

/** Members without limits may create campaigns anywhere, also without a site. */
export function checkNewPlace(limits: Limits | null, site: string | null): void {
  if (limits === null || (site !== null && limits.sites.includes(site))) return;
  if (needsSite(limits)) throw elsewhere();
  throw new AppError(
    "FORBIDDEN",
    "Your access is limited to existing campaigns: you may change them, but not create one. Ask your administrator.",
  );
}

/**
 * Members with limits may move a campaign only between sites they may see, so that they neither take one from
 * others nor push one on them.
 */
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
