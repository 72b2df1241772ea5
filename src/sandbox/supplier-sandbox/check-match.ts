/** What an invented person requests: is it valid? All faults are found at once. */
import {
  productById,
  type AnswerInput,
  type CheckedAnswers,
  type ContactChannel,
  type Product,
} from "../../reference/catalogue";
import { invalid } from "../../shared/errors";
import { checkAll } from "../../shared/faults";
import { inventedAnswers } from "./invented";

export interface SandboxMatchInput {
  readonly product: string;
  readonly campaignId?: string | null;
  readonly channels?: readonly ContactChannel[] | null;
  readonly answers?: readonly AnswerInput[] | null;
}

export interface CheckedMatch {
  readonly product: Product;
  readonly channels: readonly ContactChannel[];
  readonly answers: CheckedAnswers;
}

const usualChannels: readonly ContactChannel[] = ["PHONE", "EMAIL"];

export function checkMatch(input: SandboxMatchInput, at: Date): CheckedMatch {
  const product = productOf(input.product);
  const today = at.toISOString().slice(0, 10);
  const { answers, channels } = checkAll({
    answers: () => inventedAnswers(product.form, input.answers ?? [], today),
    channels: () => channelsOf(input.channels ?? usualChannels),
  });
  return { product, answers, channels };
}

/** Without a product there is no form, so the answers cannot be checked. */
function productOf(id: string): Product {
  const product = productById(id);
  if (product) return product;
  throw invalid("There is no such product. The products query lists them.", {
    reason: "UNKNOWN_VALUE",
    field: "product",
  });
}

function channelsOf(channels: readonly ContactChannel[]): readonly ContactChannel[] {
  if (channels.length > 0) return [...new Set(channels)];
  throw invalid("channels: name at least one, or leave it out for PHONE and EMAIL.", { reason: "EMPTY" });
}
