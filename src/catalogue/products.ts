/** What is sold. Products are data of the release; their floors can be raised or lowered by staff elsewhere. */
import { type Product } from "./form";
import { NEW_CAR } from "./new-car";

export const products: readonly Product[] = [NEW_CAR];

export const productById = (id: string): Product | undefined => products.find((product) => product.id === id);
