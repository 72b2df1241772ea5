import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { ConfirmationChannel as Confirmation } from "../../reference/catalogue";
import { ConfirmationChannel } from "../../reference/catalogue/catalogue.types";
import { principalOf, type RequestContext } from "../../access/identity";
import type { ConfirmationService } from "./confirmation.service";
import {
  ConfirmPhoneInput,
  ConfirmPhoneResult,
  SubmitLeadInput,
  SubmitLeadResult,
  toAnswer,
} from "./intake.types";
import type { AddressRateLimiter } from "../../platform/address-rate-limiter";
import type { PreviewService } from "./preview.service";
import { PreviewRecipientsInput, RecipientPreview, toPreview } from "./preview.types";
import type { SubmissionService } from "./submission.service";

export interface IntakeResolverDeps {
  readonly previews: PreviewService;
  readonly submissions: SubmissionService;
  readonly confirmations: ConfirmationService;
  readonly addressLimit: AddressRateLimiter;
  readonly personalLinkOf: (token: string) => string;
  readonly rankingUrl: () => string;
}

@Resolver()
export class IntakeResolver {
  constructor(private readonly deps: IntakeResolverDeps) {}

  @Mutation(() => RecipientPreview, {
    description:
      "Lists by name the suppliers that could receive this request, before the person consents. It depends on coverage, criteria and active campaigns, never on caps or balances, and lists at most as many as the product shows. Send no personal data.",
  })
  async previewRecipients(
    @Ctx() context: RequestContext,
    @Arg("input", () => PreviewRecipientsInput, {
      description: "The need. All faults of the answers and the place are reported at once.",
    })
    input: PreviewRecipientsInput,
  ): Promise<RecipientPreview> {
    await this.deps.addressLimit.check(context);
    const preview = await this.deps.previews.preview({ ...input, language: input.language ?? "FR" });
    return toPreview(preview, this.deps.rankingUrl());
  }

  @Mutation(() => SubmitLeadResult, {
    description: "Stores the request with the person's consent. It is matched once it is confirmed.",
  })
  async submitLead(
    @Ctx() context: RequestContext,
    @Arg("input", () => SubmitLeadInput, { description: "The request." }) input: SubmitLeadInput,
  ): Promise<typeof SubmitLeadResult> {
    await this.deps.addressLimit.check(context);
    const { idempotencyKey, ...given } = input;
    const submission = { ...given, confirmBy: given.confirmBy ?? null, waitUntil: given.waitUntil ?? null };
    const by = { principal: principalOf(context).consumer, idempotencyKey: idempotencyKey ?? null };
    return toAnswer(await this.deps.submissions.submit(submission, by), this.deps.personalLinkOf);
  }

  @Mutation(() => ConfirmPhoneResult, {
    description:
      "Confirms a request with the code that the person received, by SMS or e-mail. A code works once, for ten minutes.",
  })
  async confirmPhone(
    @Ctx() context: RequestContext,
    @Arg("input", () => ConfirmPhoneInput, { description: "The code." })
    { reference, code }: ConfirmPhoneInput,
  ): Promise<typeof ConfirmPhoneResult> {
    await this.deps.addressLimit.check(context);
    return toAnswer(await this.deps.confirmations.confirm(reference, code), this.deps.personalLinkOf);
  }

  @Mutation(() => ConfirmPhoneResult, {
    description: "Sends a new code, optionally by another channel. The previous code no longer works.",
  })
  async resendCode(
    @Ctx() context: RequestContext,
    @Arg("reference", () => ID, { description: "The reference of the request." }) reference: string,
    @Arg("confirmBy", () => ConfirmationChannel, {
      nullable: true,
      description: "How the code is sent. Without it, as before.",
    })
    confirmBy: Confirmation | null,
  ): Promise<typeof ConfirmPhoneResult> {
    await this.deps.addressLimit.check(context);
    return toAnswer(
      await this.deps.confirmations.resend(reference, confirmBy ?? null),
      this.deps.personalLinkOf,
    );
  }
}
