export type { OwnCustomers } from "./own-customers.service";
