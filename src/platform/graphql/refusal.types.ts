/** The interface of every refusal that a client can act on. */
import { Field, InterfaceType } from "type-graphql";

@InterfaceType({
  description:
    "Why a mutation was refused, as a member of its result union. Nothing was changed. New kinds of refusal may be added, so handle those you do not know by their message.",
})
export abstract class Refusal {
  @Field(() => String, { description: "What was refused and what to do next, in English." })
  message: string;
}
