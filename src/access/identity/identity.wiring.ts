/** Builds the identity feature: authentication, sign-in, members, API keys, presence, audit and idempotency. */
import type { Foundation } from "../../platform/foundation";
import { repeated, serviceJob } from "../../platform/job";
import type { Module } from "../../platform/module";
import { AccessBook } from "./access-book.service";
import { AccessResolver } from "./access.resolver";
import { AccessService } from "./access.service";
import { AuditService } from "./audit.service";
import { AuthenticateService } from "./authenticate.service";
import { IdempotencyService } from "./idempotency.service";
import { KeyHolders, type Sandboxes } from "./key-holders.service";
import { limitCheck, type Holdings } from "./limits.service";
import { KeysService } from "./keys.service";
import { MemberVault } from "./member-vault.service";
import { MembersService } from "./members.service";
import { Presence, type PresenceDeps } from "./presence.service";
import type { Principal } from "./principal";
import { SessionResolver } from "./session.resolver";
import { SignInService } from "./sign-in.service";

export interface IdentityServices {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly authenticate: AuthenticateService;
  readonly keys: KeysService;
  readonly members: MembersService;
  readonly presence: Presence;
}

export interface IdentityDeps {
  readonly settings: {
    readonly sessionHours: number;
    readonly signInPerMinute: number;
    /** Whether a form key without origins allows pages of any origin. */
    readonly anyOrigin: boolean;
  };
  /** Returns the id of the lead that the token of a personal link belongs to, or null for an invalid token. */
  readonly leadOf: (token: string) => string | null;
  readonly sandboxes: Sandboxes;
  readonly holdings: Holdings;
  readonly arrived: PresenceDeps["arrived"];
  /** Called after commit. */
  readonly opened: (...supplierIds: readonly string[]) => void;
}

export function buildIdentity(foundation: Foundation, deps: IdentityDeps): Module<IdentityServices> {
  const { keys: roots, transact, clock, log } = foundation;
  const { settings, leadOf, sandboxes } = deps;
  const audit = new AuditService(clock);
  const idempotency = new IdempotencyService(roots.indexKey, clock);
  const vault = new MemberVault(roots);
  const checkLimits = limitCheck(deps.holdings);
  const keys = new KeysService(audit, clock, checkLimits);
  const members = new MembersService(vault, audit, clock, checkLimits);
  const personOf = (token: string): Promise<Principal | null> => Promise.resolve(personBehind(leadOf(token)));
  const authenticate = new AuthenticateService(transact, { personOf, clock, anyOrigin: settings.anyOrigin });
  const keyRevoked = (): void => {
    authenticate.keyRevoked();
  };
  const holders = new KeyHolders(sandboxes, audit);
  const access = new AccessService(transact, {
    keys,
    members,
    idempotency,
    holders,
    checkLimits,
    keyRevoked,
  });
  const { sessionHours, signInPerMinute: perMinute } = settings;
  const signIn = new SignInService(transact, vault, audit, { sessionHours, perMinute, clock });
  const presence = buildPresence(foundation, deps);
  const forget = (): Promise<unknown> => transact({ role: "worker" }, (tx) => idempotency.forgetOld(tx));
  return {
    services: { audit, idempotency, authenticate, keys, members, presence },
    resolvers: [
      new AccessResolver(access, new AccessBook(transact, members, audit)),
      new SessionResolver(signIn, access),
    ],
    jobs: [
      serviceJob("presence", presence),
      repeated({ name: "deleting old idempotency keys", pauseMs: 60_000, clock, log, work: forget }),
    ],
  };
}

function buildPresence({ transact, clock, log }: Foundation, { arrived, opened }: IdentityDeps): Presence {
  return new Presence({
    transact,
    clock,
    arrived,
    opened: (supplierIds) => {
      opened(...supplierIds);
    },
    onError: (error) => {
      log.warn({ err: error }, "recording which members follow the feed failed; it will be retried");
    },
  });
}

/** Does not check that the lead still exists: row-level security decides that at each read. */
const personBehind = (leadId: string | null): Principal | null =>
  leadId === null
    ? null
    : {
        kind: "PERSON",
        id: leadId,
        consumer: `person:${leadId}`,
        role: "CONSUMER",
        supplierId: null,
        limits: null,
        origins: [],
      };
