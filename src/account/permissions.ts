/** Who may use the root fields of the account module. */
import { roleSets, type RolePermissions } from "../access/identity";

const { supplier, supplierAdmin, operators, finance, operatorsAndFinance } = roleSets;

export const accountPermissions: RolePermissions = {
  // suppliers
  account: supplier,
  reviewQuality: operators,
  suppliers: operatorsAndFinance,
  supplier: operatorsAndFinance,
  createSupplier: operators,
  createSite: operators,
  setBilling: finance,
  updateBillingProfile: finance,
  // onboarding
  onboarding: [...supplier, ...operatorsAndFinance],
  acceptTerms: supplierAdmin,
  checkRegistration: operators,
  recordRegisterCheck: operators,
  waiveOnboarding: operators,
  // feed
  feed: supplier,
  acknowledge: supplier,
  leadFeed: supplier,
};
