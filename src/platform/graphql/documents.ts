/**
 * A cache of parsed and validated documents by their text. Clients send the same few documents repeatedly, and
 * a thousand sockets with the same subscription share one document.
 */
import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from "graphql";
import { limits } from "./limits";

const maxDocuments = 500;
const maxCharacters = 1_000_000;

export interface KnownDocument {
  /** Identifies the text while it is cached. */
  readonly number: number;
  readonly text: string;
  readonly document: DocumentNode;
}

export class Documents {
  /** In the order of last use, the least recently used first. */
  private readonly known = new Map<string, KnownDocument>();
  private characters = 0;
  private last = 0;
  private readonly rules: readonly ValidationRule[];

  constructor(
    private readonly schema: GraphQLSchema,
    rules: readonly ValidationRule[],
  ) {
    this.rules = [...specifiedRules, ...rules];
  }

  /** Returns the document or all its errors. Invalid documents are not cached. */
  read(text: string): KnownDocument | readonly GraphQLError[] {
    const known = this.known.get(text) ?? this.load(text);
    if (!("document" in known)) return known;
    this.known.delete(known.text);
    this.known.set(known.text, known);
    return known;
  }

  private load(text: string): KnownDocument | readonly GraphQLError[] {
    const document = parsed(text);
    if (document instanceof GraphQLError) return [document];
    const faults = validate(this.schema, document, this.rules);
    if (faults.length > 0) return faults;
    this.characters += text.length;
    const known = { number: (this.last += 1), text, document };
    this.known.set(text, known);
    for (const oldest of this.known.values()) {
      if (this.known.size <= maxDocuments && this.characters <= maxCharacters) break;
      this.known.delete(oldest.text);
      this.characters -= oldest.text.length;
    }
    return known;
  }
}

function parsed(source: string): DocumentNode | GraphQLError {
  try {
    return parse(source, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
