/** Who may use the root fields of the delivery module. */
import { roleSets, type RolePermissions } from "../access/identity";

const { supplier, finance, supplierMachines, operatorsAndFinance } = roleSets;

export const deliveryPermissions: RolePermissions = {
  // deliveries
  creditLead: finance,
  leads: supplier,
  lead: supplier,
  acknowledgeRevocation: supplier,
  // outcomes
  reportOutcomes: supplier,
  // returns
  requestReturn: supplier,
  withdrawReturn: supplier,
  decideReturn: operatorsAndFinance,
  returns: [...supplier, ...operatorsAndFinance],
  returnRates: operatorsAndFinance,
  // endpoints
  testEndpoint: supplierMachines,
  resendDeadLetter: supplierMachines,
  endpoints: supplierMachines,
  endpoint: supplierMachines,
  createEndpoint: supplierMachines,
  updateEndpoint: supplierMachines,
  pauseEndpoint: supplierMachines,
  resumeEndpoint: supplierMachines,
  deleteEndpoint: supplierMachines,
  rotateEndpointSecret: supplierMachines,
  replayEndpoint: supplierMachines,
  revocationByLink: "PUBLIC",
  acknowledgeRevocationByLink: "PUBLIC",
};
