import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import type { Cursors } from "../../account/feed";
import { principalOf, wholeSupplierOf, type RequestContext } from "../../access/identity";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import type { EndpointView } from "./endpoint-view";
import {
  Endpoint,
  EndpointConnection,
  EndpointCreated,
  EndpointInput,
  EndpointSecretRotated,
  toEndpoint,
  toInput,
} from "./endpoint.types";
import type { Editor } from "./endpoint-book.service";
import type { Endpoints } from "./endpoints.service";

@Resolver()
export class EndpointResolver {
  constructor(
    private readonly service: Endpoints,
    private readonly cursors: Cursors,
  ) {}

  @Query(() => EndpointConnection, {
    name: "endpoints",
    description: "Your endpoints, oldest first; at most 20.",
  })
  async list(
    @Ctx() context: RequestContext,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => Cursor, { nullable: true }) after: string | null,
  ): Promise<Connection<Endpoint>> {
    const size = pageSize(first);
    const [id] = readKey(after, [keyShape.id]) ?? [];
    const all = await this.service.all(wholeSupplierOf(context).supplierId);
    const rest = all.slice(all.findIndex((one) => one.id === id) + 1);
    return toConnection(rest, size, { node: (view) => this.shown(view), key: (view) => [view.id] });
  }

  @Query(() => Endpoint)
  async endpoint(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Endpoint> {
    return this.shown(await this.service.one(wholeSupplierOf(context).supplierId, id));
  }

  @Mutation(() => EndpointCreated, {
    description:
      "Creates an endpoint, to which your events are sent from now on. CONFLICT beyond 20 endpoints.",
  })
  async createEndpoint(
    @Ctx() context: RequestContext,
    @Arg("input", () => EndpointInput) input: EndpointInput,
    @Arg("after", () => Cursor, {
      nullable: true,
      description:
        "A cursor of your feed: the events after it are sent, too. Without it, only new events are sent.",
    })
    after: string | null,
    @Arg("idempotencyKey", () => String, { nullable: true }) key: string | null,
  ): Promise<EndpointCreated> {
    const position = after == null ? null : this.cursors.read(wholeSupplierOf(context).supplierId, after);
    const created = await this.service.create(editor(context), { ...toInput(input), position }, key ?? null);
    return { endpoint: this.shown(created.endpoint), secret: created.secret };
  }

  @Mutation(() => Endpoint, {
    description:
      "Replaces the label, target, options, events and document of an endpoint. Its kind and limits cannot change; it keeps its position and its secret.",
  })
  async updateEndpoint(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("input", () => EndpointInput) input: EndpointInput,
  ): Promise<Endpoint> {
    return this.shown(await this.service.update(editor(context), id, toInput(input)));
  }

  @Mutation(() => Endpoint, { description: "Stops sending to an endpoint. It keeps its position." })
  async pauseEndpoint(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Endpoint> {
    return this.shown(await this.service.pause(editor(context), id));
  }

  @Mutation(() => Endpoint, {
    description:
      "Resumes sending at once from the endpoint's position, so that events of the meantime are sent. Also closes its circuit.",
  })
  async resumeEndpoint(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<Endpoint> {
    return this.shown(await this.service.resume(editor(context), id));
  }

  @Mutation(() => ID, {
    description:
      "Deletes an endpoint with its delivery log and its dead letters. Your feed keeps every event.",
  })
  async deleteEndpoint(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<string> {
    await this.service.delete(editor(context), id);
    return id;
  }

  @Mutation(() => EndpointSecretRotated, {
    description:
      "Creates a new secret. For 24 hours messages carry two signatures, one of the new secret and one of the old.",
  })
  async rotateEndpointSecret(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
  ): Promise<EndpointSecretRotated> {
    const { endpoint, secret } = await this.service.rotate(editor(context), id);
    return { endpoint: this.shown(endpoint), secret };
  }

  @Mutation(() => Endpoint, {
    description:
      "Sends all events after the cursor again, in order, each with its original webhook-id and only the data that the current consent allows.",
  })
  async replayEndpoint(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) id: string,
    @Arg("after", () => Cursor, {
      nullable: true,
      description:
        "A cursor of your feed, not ahead of the endpoint's position. Without it, the replay starts with the first event.",
    })
    after: string | null,
  ): Promise<Endpoint> {
    const position = after == null ? 0 : this.cursors.read(wholeSupplierOf(context).supplierId, after);
    return this.shown(await this.service.replay(editor(context), id, position));
  }

  private shown(view: EndpointView): Endpoint {
    return toEndpoint(view, this.cursors.write(view.supplierId, view.position));
  }
}

const editor = (context: RequestContext): Editor => ({
  supplierId: wholeSupplierOf(context).supplierId,
  actor: principalOf(context).consumer,
});
