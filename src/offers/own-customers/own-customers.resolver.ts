import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { principalOf, wholeSupplierOf, type RequestContext } from "../../access/identity";
import { DateTime } from "../../platform/graphql/scalars";
import type { ListEditor, OwnCustomerListView, OwnCustomers } from "./own-customers.service";
import { OwnCustomerList } from "./own-customers.types";

@Resolver()
export class OwnCustomersResolver {
  constructor(private readonly ownCustomers: OwnCustomers) {}

  @Query(() => OwnCustomerList, {
    description: "Your list of people you serve already: the key for its hashes, and its size.",
  })
  async ownCustomerList(@Ctx() context: RequestContext): Promise<OwnCustomerList> {
    return toList(await this.ownCustomers.list(wholeSupplierOf(context)));
  }

  @Mutation(() => OwnCustomerList, {
    description:
      "Adds hashes to your list, or refreshes existing ones. CONFLICT if the list would then have more than 2000000 entries.",
  })
  async addOwnCustomers(
    @Ctx() context: RequestContext,
    @Arg("hashes", () => [String], { description: "1 to 1000, each of 64 hexadecimal digits." })
    hashes: string[],
  ): Promise<OwnCustomerList> {
    return toList(await this.ownCustomers.add(editorOf(context), hashes));
  }

  @Mutation(() => OwnCustomerList, {
    description:
      "Removes these hashes, or all that were last uploaded before an instant: exactly one of the two. Hashes that are not in the list are ignored.",
  })
  async removeOwnCustomers(
    @Ctx() context: RequestContext,
    @Arg("hashes", () => [String], {
      nullable: true,
      description: "1 to 1000, each of 64 hexadecimal digits.",
    })
    hashes: string[] | null,
    @Arg("notUploadedSince", () => DateTime, {
      nullable: true,
      description:
        "Removes all hashes that were last uploaded before this instant: the `at` that you read before uploading the whole list.",
    })
    notUploadedSince: Date | null,
  ): Promise<OwnCustomerList> {
    return toList(await this.ownCustomers.remove(editorOf(context), { hashes, notUploadedSince }));
  }
}

const editorOf = (context: RequestContext): ListEditor => ({
  scope: wholeSupplierOf(context),
  actor: principalOf(context).consumer,
});

const toList = ({ key, ...rest }: OwnCustomerListView): OwnCustomerList => ({
  ...rest,
  key: key.toString("base64"),
});
