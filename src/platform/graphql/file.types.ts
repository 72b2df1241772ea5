import { Field, ID, ObjectType } from "type-graphql";
import type { FileDescription } from "../downloads/file-kind";
import { fileIdOf, filesPath } from "../downloads/file-id";
import { DateTime } from "./scalars";

@ObjectType({
  description:
    "A file to download with `GET` from its `url`, with the same key or session as for the API. The address grants nothing: each download asks for the permission of the field that returned the file, shows only what its caller may see, and is recorded in the audit log. What does not exist or is not yours answers 404.",
})
export class File {
  @Field(() => ID, { description: "The same each time for the same file. It is opaque." }) id: string;
  @Field(() => String, { description: "The name under which to save it, such as `F2026-000123.pdf`." })
  name: string;
  @Field(() => String, { description: "As in the header Content-Type, such as `text/csv; charset=utf-8`." })
  mediaType: string;
  @Field(() => String, { description: "The address, with the host of this server." }) url: string;
  @Field(() => DateTime, {
    nullable: true,
    description: "When the address stops working; null when it keeps working.",
  })
  expiresAt: Date | null;
}

export const toFile = (description: FileDescription, publicUrl: string): File => {
  const id = fileIdOf(description);
  const { name, mediaType } = description;
  return { id, name, mediaType, url: publicUrl + filesPath + id, expiresAt: null };
};
