/** The demo's API keys and member accounts. Those of an earlier start are reused as long as their keys work. */
import { type Api, ApiRefusal } from "./api";
import type { DemoFile, SupplierAccess } from "./demo-file";
import { withFreeEmail } from "./free-email";
import { randomPassword } from "./random";
import {
  createKeyOperation,
  createMemberOperation,
  viewerOperation,
  type KeyInput,
} from "./staff-operations";
import { acknowledgeOperation, feedPositionsOperation, type FeedPosition } from "./supplier-operations";

/** The reason recorded for skipping the go-live checks: the demo's clients are part of CarAtlas. */
const waiveGoLive = "Demo: the client is our own program.";

/** The supplier that an API key and a member account are created for. */
export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export class Accesses {
  constructor(
    private readonly api: Api,
    private readonly staffToken: string,
    private readonly kept: Partial<DemoFile>,
  ) {}

  async formKey(): Promise<string> {
    const { formKey } = this.kept;
    if (formKey !== undefined && (await keyWorks(this.api, formKey, { role: "FORM" }))) return formKey;
    return this.newKey({ role: "FORM", label: "demo form" });
  }

  async ofSupplier(holder: Holder): Promise<SupplierAccess> {
    const kept = this.kept.suppliers?.find(({ id }) => id === holder.id);
    const expected = { role: "SUPPLIER_INTEGRATION", supplierId: holder.id };
    if (kept && (await keyWorks(this.api, kept.apiKey, expected))) return kept;
    const apiKey = await this.newKey({
      role: "SUPPLIER_INTEGRATION",
      label: "demo integration",
      supplierId: holder.id,
      waiveGoLive,
    });
    return { id: holder.id, name: holder.name, apiKey, ...(await this.newMember(holder)) };
  }

  /** A key that only the terminal uses, so the terminal has a feed position of its own. */
  async terminalKey(supplierId: string): Promise<string> {
    const { terminalKey } = this.kept;
    const expected = { role: "SUPPLIER_INTEGRATION", supplierId };
    if (terminalKey != null && (await keyWorks(this.api, terminalKey, expected))) return terminalKey;
    const token = await this.newKey({
      role: "SUPPLIER_INTEGRATION",
      label: "demo terminal",
      supplierId,
      waiveGoLive,
    });
    await this.skipToNow(token);
    return token;
  }

  /** A new key starts at the first event of the feed, but the terminal shows only what happens from now on. */
  private async skipToNow(token: string): Promise<void> {
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const page: FeedPosition = (await this.api.ask(token, feedPositionsOperation, { after })).feed;
      ({ endCursor: after, hasMore } = page);
      if (!hasMore) await this.api.ask(token, acknowledgeOperation, { upTo: page.endCursor });
    }
  }

  private async newKey(input: KeyInput): Promise<string> {
    const { createApiKey } = await this.api.ask(this.staffToken, createKeyOperation, { input });
    if (createApiKey.token === null) throw new Error("A new key came without its token.");
    return createApiKey.token;
  }

  private async newMember(holder: Holder): Promise<Pick<SupplierAccess, "memberEmail" | "memberPassword">> {
    const memberPassword = randomPassword();
    const memberEmail = await withFreeEmail(`direction@${holder.domain}`, async (email) => {
      const who = {
        role: "SUPPLIER_ADMIN" as const,
        supplierId: holder.id,
        name: `Direction, ${holder.name}`,
      };
      await this.api.ask(this.staffToken, createMemberOperation, {
        input: { ...who, email, password: memberPassword },
      });
    });
    return { memberEmail, memberPassword };
  }
}

export interface ExpectedViewer {
  readonly role: string;
  readonly supplierId?: string;
}

/** Whether the key authenticates with the expected role and supplier. It may be revoked or of another database. */
export async function keyWorks(api: Api, token: string, expected: ExpectedViewer): Promise<boolean> {
  try {
    const { viewer } = await api.ask(token, viewerOperation, {});
    return viewer.role === expected.role && viewer.supplier?.id === expected.supplierId;
  } catch (error) {
    if (error instanceof ApiRefusal && error.code === "UNAUTHENTICATED") return false;
    throw error;
  }
}
