/**
 * Documents that were parsed and found valid, by their text. Clients send the same few again and again, and a
 * thousand sockets that follow the same selection hold one document among them.
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

const mostDocuments = 500;
const mostCharacters = 1_000_000;

export interface KnownDocument {
  /** Equal for the same text, as long as it is remembered. */
  readonly number: number;
  readonly text: string;
  readonly document: DocumentNode;
}

export class Documents {
  /** In the order of their last use. */
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

  /** The document, or everything that is wrong with it; what is wrong is not remembered. */
  read(text: string): KnownDocument | readonly GraphQLError[] {
    const known = this.known.get(text) ?? this.learn(text);
    if (!("document" in known)) return known;
    this.known.delete(known.text);
    this.known.set(known.text, known);
    return known;
  }

  private learn(text: string): KnownDocument | readonly GraphQLError[] {
    const document = parsed(text);
    if (document instanceof GraphQLError) return [document];
    const faults = validate(this.schema, document, this.rules);
    if (faults.length > 0) return faults;
    this.characters += text.length;
    const known = { number: (this.last += 1), text, document };
    this.known.set(text, known);
    for (const oldest of this.known.values()) {
      if (this.known.size <= mostDocuments && this.characters <= mostCharacters) break;
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
