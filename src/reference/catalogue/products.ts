/** The products on sale. They are part of the release, except that staff can change their price floors elsewhere. */
import { type Product } from "./form";
import { CAR_INSURANCE } from "./products/car-insurance";
import { LONG_TERM_LEASE } from "./products/long-term-lease";
import { NEW_CAR } from "./products/new-car";
import { TRADE_IN } from "./products/trade-in";
import { USED_CAR } from "./products/used-car";

export const products: readonly Product[] = [NEW_CAR, USED_CAR, LONG_TERM_LEASE, CAR_INSURANCE, TRADE_IN];

export const productById = (id: string): Product | undefined => products.find((product) => product.id === id);
