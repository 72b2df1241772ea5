/** Which of a product's forms is meant: the one asked today, or the one a request was filled in on? */
import { type Form, type Product } from "./form";

export type ProductData = Omit<Product, "form" | "forms"> & {
  /** Oldest first. */
  readonly forms: readonly [Form, ...Form[]];
};

/** A product as it is written down, with what follows from it. */
export const productFrom = (data: ProductData): Product => ({ ...data, form: newestOf(data.forms) });

/** A release that lacks a version that was filled in could not show it. */
export function formOf({ id, forms }: Product, version: number): Form {
  const form = forms.find((one) => one.version === version);
  if (!form) throw new Error(`${id} has no version ${String(version)} of its form any more.`);
  return form;
}

const newestOf = (forms: ProductData["forms"]): Form => forms.at(-1) ?? forms[0];
