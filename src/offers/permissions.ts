/** Who may use the root fields of the offers module. */
import { roleSets, type RolePermissions } from "../access/identity";

const { supplier, finance, supplierMachines, operatorsAndFinance } = roleSets;

export const offersPermissions: RolePermissions = {
  // campaigns
  campaigns: supplier,
  campaign: supplier,
  createCampaign: supplier,
  updateCampaign: supplier,
  setCampaignStatus: supplier,
  priceFloors: [...supplier, ...operatorsAndFinance],
  setPrice: finance,
  // own customers
  ownCustomerList: supplierMachines,
  addOwnCustomers: supplierMachines,
  removeOwnCustomers: supplierMachines,
};
