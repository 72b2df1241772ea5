/** Finds a version of a product's form: the newest one, or the one with which a request was filled in. */
import { type Form, type Product } from "./form";

export type ProductData = Omit<Product, "form" | "forms"> & {
  /** Oldest first. */
  readonly forms: readonly [Form, ...Form[]];
};

/** Completes a product's data with its newest form. */
export const productFrom = (data: ProductData): Product => ({ ...data, form: newestOf(data.forms) });

/** The form of a version. Throws if the release lacks it, because requests of that version could not be shown. */
export function formOf({ id, forms }: Product, version: number): Form {
  const form = forms.find((one) => one.version === version);
  if (!form) throw new Error(`${id} has no version ${String(version)} of its form any more.`);
  return form;
}

const newestOf = (forms: ProductData["forms"]): Form => forms.at(-1) ?? forms[0];
