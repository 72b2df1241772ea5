import { Arg, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { notFound } from "../../shared/errors";
import { Language } from "../../platform/graphql/language";
import { Form, Product, toForm, toProduct } from "./catalogue.types";
import type { ConfirmationChannel, Language as Lang } from "./form";
import { productById, products } from "./products";

@Resolver()
export class CatalogueResolver {
  /** `canSend`: the channels for which a provider of confirmation codes is configured. */
  constructor(private readonly canSend: readonly ConfirmationChannel[]) {}

  @Query(() => [Product], { description: "Everything that people can ask for here." })
  products(): Product[] {
    return products.map(toProduct);
  }

  @Query(() => Form, {
    description:
      "The current form of a product: its fields, and the consent declaration to show. NOT_FOUND if there is no such product.",
  })
  form(
    @Arg("product", () => ID, { description: "The id of a product." }) id: string,
    @Arg("language", () => Language, {
      nullable: true,
      defaultValue: "FR",
      description: "The language of everything that the person reads.",
    })
    language: Lang | null,
  ): Form {
    const product = productById(id);
    if (!product) throw notFound("product");
    const form = toForm(product, language ?? "FR");
    return { ...form, confirmBy: form.confirmBy.filter((channel) => this.canSend.includes(channel)) };
  }
}

@Resolver(() => Product)
export class ProductResolver {
  @FieldResolver(() => String, { description: "The name of the product." })
  label(
    @Root() { label, labels }: Product,
    @Arg("language", () => Language, {
      nullable: true,
      description: "The language of the name. Without it: French, or within a form the language of the form.",
    })
    language: Lang | null,
  ): string {
    return language ? labels[language] : label;
  }
}
