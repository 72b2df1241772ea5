/** Who may use the root fields of the consumer module. */
import { roleSets, type RolePermissions } from "../access/identity";

const { form, consumer, dataProtection } = roleSets;

export const consumerPermissions: RolePermissions = {
  // intake
  previewRecipients: form,
  submitLead: form,
  confirmPhone: form,
  resendCode: form,
  // person
  myRequest: consumer,
  withdrawConsent: consumer,
  eraseRequest: dataProtection,
};
