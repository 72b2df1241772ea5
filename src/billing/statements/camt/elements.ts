/** Reads the XML of a statement in pieces. Only the elements that are asked for are kept, and only until they end. */
import { SaxesParser } from "saxes";
import type { FaultLog } from "../faults";
import type { Node } from "./node";

export interface ElementHandler {
  /**
   * An element has begun at this path: names without prefix, the element itself last. Return whether to keep it
   * with its content; what is inside a kept element is kept without asking.
   */
  opened(path: readonly string[], namespace: string): boolean;
  /** A kept element has ended. Return false to leave it out of the element around it, if that one is kept as well. */
  ended(node: Node, isWithin: boolean): boolean;
}

const deepest = 64;
const mostNodes = 20_000;
const mostText = 5_000;

const notWellFormed = "content is not well-formed XML";

export class ElementReader {
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly path: string[] = [];
  private readonly kept: Node[] = [];
  private nodes = 0;

  constructor(
    private readonly handler: ElementHandler,
    private readonly faults: FaultLog,
  ) {
    this.parser.on("doctype", () => faults.end("content must not have a document type.", "NOT_ALLOWED"));
    this.parser.on("error", () => faults.end(`${notWellFormed}: line ${String(this.parser.line)}.`));
    this.parser.on("opentag", ({ name, attributes }) => this.open(name, attributes));
    this.parser.on("closetag", () => this.close());
    this.parser.on("text", (text) => this.addText(text));
    this.parser.on("cdata", (text) => this.addText(text));
  }

  push(text: string): void {
    this.parser.write(text);
  }

  finish(): void {
    this.parser.close();
  }

  private open(written: string, attributes: Readonly<Record<string, string>>): void {
    const colon = written.indexOf(":");
    const name = written.slice(colon + 1);
    this.path.push(name);
    if (this.path.length > deepest) this.faults.end(`${notWellFormed} of a statement: it is too deep.`);
    const declaration = colon === -1 ? "xmlns" : `xmlns:${written.slice(0, colon)}`;
    const isKept = this.kept.length > 0 || this.handler.opened(this.path, attributes[declaration] ?? "");
    if (isKept) this.keep({ name, text: "", currency: attributes.Ccy ?? null, children: [] });
  }

  private keep(node: Node): void {
    this.nodes += 1;
    if (this.nodes > mostNodes) this.faults.end("content has an entry with too many elements.", "TOO_MANY");
    this.kept.push(node);
  }

  private addText(text: string): void {
    const node = this.kept.at(-1);
    if (node !== undefined && node.text.length < mostText) node.text += text.slice(0, mostText);
  }

  private close(): void {
    this.path.pop();
    const node = this.kept.pop();
    if (node === undefined) return;
    const around = this.kept.at(-1);
    const stays = this.handler.ended(node, around !== undefined);
    if (around === undefined) this.nodes = 0;
    else if (stays) around.children.push(node);
    else this.nodes -= sizeOf(node);
  }
}

const sizeOf = (node: Node): number => node.children.reduce((sum, child) => sum + sizeOf(child), 1);
