import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type { Cursors } from "../../account/feed";
import { wholeSupplierOf, type RequestContext } from "../../access/identity";
import {
  After,
  First,
  IdempotencyKey,
  IfVersion,
  OptionalIdempotencyKey,
} from "../../platform/graphql/arguments";
import {
  keyShape,
  pageSize,
  readKey,
  toConnection,
  type Connection,
} from "../../platform/graphql/connection";
import { Cursor } from "../../platform/graphql/scalars";
import { checkField } from "../../shared/faults";
import type { EndpointView } from "./endpoint-view";
import {
  CreateEndpointPayload,
  DeleteEndpointPayload,
  Endpoint,
  EndpointConnection,
  EndpointInput,
  RotateEndpointSecretPayload,
  toEndpoint,
  toNewEndpoint,
  UpdateEndpointInput,
} from "./endpoint.types";
import { editorOf } from "./editor";
import type { Endpoints } from "./endpoints.service";

const EndpointId = (): ParameterDecorator =>
  Arg("id", () => ID, { description: "The endpoint." }) as ParameterDecorator;

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
    @First() first: number | null,
    @After() after: string | null,
  ): Promise<Connection<Endpoint>> {
    const size = pageSize(first);
    const [id] = readKey(after, [keyShape.id]) ?? [];
    const all = await this.service.all(wholeSupplierOf(context).supplierId);
    const rest = all.slice(all.findIndex((one) => one.id === id) + 1);
    return toConnection(rest, size, { node: (view) => this.shown(view), key: (view) => [view.id] });
  }

  @Query(() => Endpoint, {
    nullable: true,
    description: "One of your endpoints; null if you have none with this id.",
  })
  async endpoint(@Ctx() context: RequestContext, @EndpointId() id: string): Promise<Endpoint | null> {
    const view = await this.service.one(wholeSupplierOf(context).supplierId, id);
    return view && this.shown(view);
  }

  @Mutation(() => CreateEndpointPayload, {
    description:
      "Creates an endpoint, to which your events are sent from now on. CONFLICT beyond 20 endpoints.",
  })
  async createEndpoint(
    @Ctx() context: RequestContext,
    @Arg("input", () => EndpointInput, { description: "The endpoint. All its faults are reported at once." })
    input: EndpointInput,
    @Arg("after", () => Cursor, {
      nullable: true,
      description:
        "A cursor of your feed: the events after it are sent, too. Without it, only new events are sent.",
    })
    after: string | null,
    @OptionalIdempotencyKey() key: string | null,
  ): Promise<CreateEndpointPayload> {
    const position = after == null ? null : this.positionOf(context, after);
    const asked = { ...toNewEndpoint(input), position };
    const created = await this.service.create(editorOf(context), asked, key ?? null);
    return { endpoint: this.shown(created.endpoint), secret: created.secret };
  }

  @Mutation(() => Endpoint, {
    description:
      "Changes the label, target, options, events or document of an endpoint. It keeps its kind, its limits, its position and its secret.",
  })
  async updateEndpoint(
    @Ctx() context: RequestContext,
    @EndpointId() id: string,
    @Arg("input", () => UpdateEndpointInput, {
      description: "What changes. All its faults are reported at once.",
    })
    input: UpdateEndpointInput,
    @IfVersion() ifVersion: number | null,
  ): Promise<Endpoint> {
    const update = { ...input, ifVersion: ifVersion ?? null };
    return this.shown(await this.service.update(editorOf(context), id, update));
  }

  @Mutation(() => Endpoint, { description: "Stops sending to an endpoint. It keeps its position." })
  async pauseEndpoint(@Ctx() context: RequestContext, @EndpointId() id: string): Promise<Endpoint> {
    return this.shown(await this.service.pause(editorOf(context), id));
  }

  @Mutation(() => Endpoint, {
    description:
      "Resumes sending at once from the endpoint's position, so that events of the meantime are sent. Also closes its circuit.",
  })
  async resumeEndpoint(@Ctx() context: RequestContext, @EndpointId() id: string): Promise<Endpoint> {
    return this.shown(await this.service.resume(editorOf(context), id));
  }

  @Mutation(() => DeleteEndpointPayload, {
    description:
      "Deletes an endpoint with its delivery log and its dead letters. Your feed keeps every event.",
  })
  async deleteEndpoint(
    @Ctx() context: RequestContext,
    @EndpointId() id: string,
  ): Promise<DeleteEndpointPayload> {
    await this.service.delete(editorOf(context), id);
    return { endpointId: id };
  }

  @Mutation(() => RotateEndpointSecretPayload, {
    description:
      "Creates a new secret. For 24 hours messages carry two signatures, one of the new secret and one of the old.",
  })
  async rotateEndpointSecret(
    @Ctx() context: RequestContext,
    @EndpointId() id: string,
  ): Promise<RotateEndpointSecretPayload> {
    const { endpoint, secret } = await this.service.rotate(editorOf(context), id);
    return { endpoint: this.shown(endpoint), secret };
  }

  @Mutation(() => Endpoint, {
    description:
      "Sends all events after the cursor again, in order, each with its original webhook-id and only the data that the current consent allows.",
  })
  async replayEndpoint(
    @Ctx() context: RequestContext,
    @EndpointId() id: string,
    @Arg("after", () => Cursor, {
      nullable: true,
      description:
        "A cursor of your feed, not ahead of the endpoint's position. Without it, the replay starts with the first event.",
    })
    after: string | null,
    @IdempotencyKey() key: string,
  ): Promise<Endpoint> {
    const position = after == null ? 0 : this.positionOf(context, after);
    return this.shown(await this.service.replay(editorOf(context), id, { after: position, key }));
  }

  private positionOf(context: RequestContext, after: string): number {
    return checkField("after", () => this.cursors.read(wholeSupplierOf(context).supplierId, after));
  }

  private shown(view: EndpointView): Endpoint {
    return toEndpoint(view, this.cursors.write(view.supplierId, view.position));
  }
}
