/**
 * The campaigns of one product, indexed so that a query finds those that want a need. campaign-index.ts
 * routes queries to it by product.
 */
import type { Candidate } from "../facts";
import { bitsPerWord, grown, hasBit } from "./bits";
import { compile } from "./compile";
import { FieldDimension, type Rows } from "./field-dimension";
import {
  admits,
  passesCheck,
  holdsByShape,
  needsCheck,
  couldRun,
  type IndexedCampaign,
  type CampaignState,
} from "./indexed-campaign";
import { HandleAllocator } from "./handle-allocator";
import { localityOf } from "./locality";
import { Row } from "./row-cache";
import { Matches } from "./matches";
import type { IndexQuery } from "./index-query";
import { intersectRows, type Recheck } from "./intersect-rows";
import { SupplierHandles } from "./supplier-handles";
import type { StringPool } from "./string-pool";
import { ZoneDimension, type Found } from "./zone-dimension";

export class ProductIndex {
  private readonly handles = new HandleAllocator();
  private readonly handleOf = new Map<string, number>();
  private readonly campaigns: (IndexedCampaign | null)[] = [];
  private readonly zones = new ZoneDimension();
  private readonly fields = new Map<string, FieldDimension>();
  private readonly suppliers = new SupplierHandles();
  /** The campaigns that are active now or have a pause that ends by itself. */
  private running = new Row(new Int32Array(0));
  private toCheck = new Row(new Int32Array(0));
  private found: Found = { inside: new Int32Array(0), recheck: new Int32Array(0) };
  private answer = new Int32Array(0);
  private prices = new Float64Array(0);

  constructor(private readonly texts: StringPool) {}

  get size(): number {
    return this.handleOf.size;
  }

  add(candidate: Candidate): void {
    const { criteria, campaign } = compile(candidate, this.texts);
    const handle = this.handles.take(localityOf(campaign.zones));
    if (this.handles.words > this.found.inside.length) this.grow();
    this.handleOf.set(campaign.campaignId, handle);
    this.campaigns[handle] = campaign;
    this.prices[handle] = campaign.pricePerLeadCents;
    this.zones.add(handle, campaign);
    this.suppliers.add(campaign.supplierId, handle);
    for (const [field, criterion] of criteria) this.dimension(field).add(handle, criterion);
    this.running.put(handle, couldRun(candidate));
    this.toCheck.put(handle, needsCheck(campaign));
  }

  remove(campaignId: string): boolean {
    const handle = this.handleOf.get(campaignId);
    const campaign = handle === undefined ? undefined : this.campaigns[handle];
    if (handle === undefined || !campaign) return false;
    this.running.put(handle, false);
    for (const [field, dimension] of this.fields) {
      dimension.remove(handle);
      if (dimension.size === 0) this.fields.delete(field);
    }
    this.suppliers.remove(campaign.supplierId, handle);
    this.zones.remove(handle, campaign);
    this.campaigns[handle] = null;
    this.handleOf.delete(campaignId);
    this.handles.release(handle);
    return true;
  }

  /** Pauses or resumes a campaign. Everything else about it stays. */
  setState(campaignId: string, standing: CampaignState): boolean {
    const handle = this.handleOf.get(campaignId);
    const campaign = handle === undefined ? undefined : this.campaigns[handle];
    if (handle === undefined || !campaign) return false;
    const changed = { ...campaign, pausedUntil: standing.pausedUntil };
    this.campaigns[handle] = changed;
    this.running.put(handle, couldRun(standing));
    this.toCheck.put(handle, needsCheck(changed));
    return true;
  }

  /** Whether the index holds the campaign in exactly this version and state. */
  holds(candidate: Candidate): boolean {
    const handle = this.handleOf.get(candidate.campaignId);
    const campaign = handle === undefined ? undefined : this.campaigns[handle];
    if (handle === undefined || campaign?.version !== candidate.version) return false;
    return (
      campaign.pausedUntil?.getTime() === candidate.pausedUntil?.getTime() &&
      hasBit(this.running.words, handle) === couldRun(candidate)
    );
  }

  /** Searches all campaigns. */
  matching(query: IndexQuery): Matches {
    const { rows, rechecks } = this.rowsFor(query);
    this.zones.find(query, this.found);
    const { inside } = this.found;
    const count = intersectRows(
      { inside, rows, rechecks: [...this.rechecksOf(query), ...rechecks] },
      this.answer,
    );
    return this.matchesAt(this.answer.slice(0, count));
  }

  /** Searches the campaigns of these suppliers only. */
  matchingOf(supplierIds: Iterable<string>, query: IndexQuery): Matches {
    const { rows } = this.rowsFor(query);
    const handles = this.suppliers
      .handlesOf(supplierIds)
      .filter((handle) => rows.every(({ words }) => hasBit(words, handle)) && this.admits(handle, query));
    return this.matchesAt(handles);
  }

  private rechecksOf(query: IndexQuery): Recheck[] {
    const ask = (test: (campaign: IndexedCampaign, query: IndexQuery) => boolean) => (handle: number) => {
      const campaign = this.campaigns[handle];
      return campaign != null && test(campaign, query);
    };
    const byShapes = ask(({ zones }) => holdsByShape(zones, query));
    const byShape: Recheck = {
      words: this.found.recheck,
      admits: (handle) => {
        const side = this.zones.sideOf(handle, query);
        return side === "AT_BORDER" ? byShapes(handle) : side === "INSIDE";
      },
    };
    if (this.toCheck.size === 0) return [byShape];
    return [byShape, { words: this.toCheck.words, admits: ask(passesCheck) }];
  }

  private matchesAt(handles: Int32Array): Matches {
    return new Matches(handles, this.campaigns, this.prices);
  }

  private rowsFor({ need }: IndexQuery): Rows {
    // Usually all campaigns are running, and then this row can be skipped.
    const asked: Rows = { rows: this.running.size === this.size ? [] : [this.running], rechecks: [] };
    for (const dimension of this.fields.values()) dimension.ask(need, asked, this.found.inside.length);
    return asked;
  }

  private admits(handle: number, query: IndexQuery): boolean {
    const campaign = this.campaigns[handle];
    if (!campaign || !admits(campaign, query)) return false;
    for (const dimension of this.fields.values()) {
      if (!dimension.holds(handle, query.need)) return false;
    }
    return true;
  }

  private dimension(field: string): FieldDimension {
    const found = this.fields.get(field) ?? new FieldDimension(field);
    this.fields.set(field, found);
    return found;
  }

  /** Rows are as long as the range of handles, so the cached ones are too short now. */
  private grow(): void {
    const length = this.handles.words + (this.handles.words >>> 3) + 8;
    this.found = { inside: new Int32Array(length), recheck: new Int32Array(length) };
    this.answer = new Int32Array(length * bitsPerWord);
    const prices = new Float64Array(length * bitsPerWord);
    prices.set(this.prices);
    this.prices = prices;
    this.running = new Row(grown(this.running.words, length));
    this.toCheck = new Row(grown(this.toCheck.words, length));
    this.zones.forgetRows();
    for (const dimension of this.fields.values()) dimension.forgetRows();
  }
}
