import { Arg, ID, Query, Resolver } from "type-graphql";
import { notFound } from "../../shared/errors";
import { Language } from "../../platform/graphql/language";
import { Form, Product, toForm, toProduct } from "./catalogue.types";
import type { ConfirmationChannel, Language as Lang } from "./form";
import { productById, products } from "./products";

@Resolver()
export class CatalogueResolver {
  /** `canSend`: the channels for which a provider of confirmation codes is configured. */
  constructor(private readonly canSend: readonly ConfirmationChannel[]) {}

  @Query(() => [Product])
  products(): Product[] {
    return products.map(toProduct);
  }

  @Query(() => Form, {
    description: "The current form of a product: its fields, and the consent declaration to show.",
  })
  form(
    @Arg("product", () => ID) id: string,
    @Arg("language", () => Language, { nullable: true, defaultValue: "FR" }) language: Lang | null,
  ): Form {
    const product = productById(id);
    if (!product) throw notFound("product");
    const form = toForm(product, language ?? "FR");
    return { ...form, confirmBy: form.confirmBy.filter((channel) => this.canSend.includes(channel)) };
  }
}
