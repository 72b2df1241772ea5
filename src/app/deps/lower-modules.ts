/** The dependencies of the lower modules: settings, and services of the modules below them. */
import type { Foundation } from "../../platform/foundation";
import { termsAddress } from "../../web/pages/terms";
import type { AccessDeps } from "../../access/module";
import type { AccountDeps } from "../../account/module";
import type { BillingDeps } from "../../billing/module";
import { criteriaBrokenBy } from "../../offers/campaigns/broken-criteria.service";
import type { OffersDeps } from "../../offers/module";
import { productById } from "../../reference/catalogue";
import type { ReferenceDeps } from "../../reference/module";
import { itemLabel } from "../item-labels";
import { holdings } from "./holdings";
import { mailerOf, senderOf, type CompositionInputs, type With } from "./given";

export const reference = (given: CompositionInputs): ReferenceDeps => ({
  addressApiBase: given.config.addressApiBase,
  canSend: senderOf(given).channels,
  losses: criteriaBrokenBy,
});

export const access = (
  { config }: CompositionInputs,
  { people, later, nudges }: With<"people" | "later" | "nudges">,
): AccessDeps => ({
  settings: {
    sessionHours: config.sessionHours,
    signInPerMinute: config.limits.signInPerMinute,
    anyOrigin: config.demo.enabled,
  },
  leadOf: (token) => people.services.leads.tokens.read(token),
  sandboxes: later.sandboxes,
  holdings,
  arrived: later.arrived,
  opened: nudges.opened,
});

export const account = (
  { config }: CompositionInputs,
  { access: { services }, later, nudges }: With<"access" | "later" | "nudges">,
  { publicUrl }: Pick<Foundation, "publicUrl">,
): AccountDeps => ({
  ...services.identity,
  isProduct: (id) => productById(id) !== undefined,
  opened: nudges.opened,
  terms: {
    version: config.onboarding.terms.version,
    // The server's own address is known once it listens.
    get url() {
      return config.onboarding.terms.url ?? publicUrl() + termsAddress;
    },
  },
  vies: { base: config.onboarding.viesBase, requester: config.billing.seller.vatNumber },
  sandboxHooks: later.sandboxHooks,
});

export const offers = (below: With<"reference" | "access" | "account" | "nudges">): OffersDeps => ({
  ...below.access.services.identity,
  openings: below.account.services.ledger.openings,
  onboarding: below.account.services.onboarding.onboarding,
  centroids: below.reference.services.geo.centroids,
  suppliers: below.account.services.suppliers.book,
  campaignChanged: below.nudges.campaignChanged,
});

export const billing = (
  given: CompositionInputs,
  { access: { services }, account: { services: account }, nudges }: With<"access" | "account" | "nudges">,
): BillingDeps => {
  const { billing: policy, einvoicing } = given.config;
  return {
    ...services.identity,
    ...account.ledger,
    ...nudges,
    uploads: services.uploads.uploads,
    suppliers: account.suppliers.book,
    suppliersById: account.suppliers.suppliersById,
    profiles: account.suppliers.profiles,
    feed: account.feed.feed,
    policy: { ...policy, labelOf: itemLabel },
    siren: policy.seller.siren,
    bankIbans: given.config.bankIbans,
    collector: given.collector,
    mailer: mailerOf(given.config),
    einvoicing,
  };
};
