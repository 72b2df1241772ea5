import DataLoader from "dataloader";
import { Ctx, FieldResolver, Float, Resolver, Root } from "type-graphql";
import { File } from "../../platform/graphql/file.types";
import { principalOf, remembered, scopeOf, type RequestContext } from "../identity";
import type { MadeFile } from "./made-file";
import type { MadeFiles } from "./made-files.service";

const madeKey = Symbol("made files");

@Resolver(() => File)
export class FileResolver {
  constructor(private readonly made: MadeFiles) {}

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      "Its size when it was last downloaded; null before that, because a file is made when it is downloaded. It may exceed 32 bits.",
  })
  async bytes(@Ctx() context: RequestContext, @Root() { id }: File): Promise<number | null> {
    return (await this.of(context, id))?.bytes ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The SHA-256 of the content when it was last downloaded, in hexadecimal; null before that. Only documents never change: a statement, a journal or a FEC grows with its period.",
  })
  async sha256(@Ctx() context: RequestContext, @Root() { id }: File): Promise<string | null> {
    return (await this.of(context, id))?.sha256 ?? null;
  }

  private of(context: RequestContext, id: string): Promise<MadeFile | null> {
    const scope = scopeOf(principalOf(context));
    const make = () => new DataLoader((ids: readonly string[]) => this.made.byIds(scope, ids));
    return remembered(context, madeKey, make).load(id);
  }
}
