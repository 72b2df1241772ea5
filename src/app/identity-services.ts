/** Who may enter, and what is remembered of what they did. */
import { AccessBook } from "../access/identity/access-book.service";
import { AccessService } from "../access/identity/access.service";
import { AuditService } from "../access/identity/audit.service";
import { AuthenticateService } from "../access/identity/authenticate.service";
import { IdempotencyService } from "../access/identity/idempotency.service";
import { KeyHolders } from "../access/identity/key-holders.service";
import { KeysService } from "../access/identity/keys.service";
import { MemberVault } from "../access/identity/member-vault.service";
import { MembersService } from "../access/identity/members.service";
import type { Principal } from "../access/identity";
import { SignInService } from "../access/identity/sign-in.service";
import type { PersonTokens } from "../people/leads";
import type { Transact } from "../platform/database";
import type { Foundation } from "./foundation";
import { twinServices } from "./sandbox-services";

export type Identity = ReturnType<typeof buildIdentity>;

export function buildIdentity(
  foundation: Foundation,
  { transact, tokens }: { transact: Transact; tokens: PersonTokens },
) {
  const { keys: roots, config, clock } = foundation;
  const audit = new AuditService(clock);
  const idempotency = new IdempotencyService(roots.indexKey, clock);
  const vault = new MemberVault(roots);
  const keys = new KeysService(audit, clock);
  const members = new MembersService(vault, audit, clock);
  const signIn = new SignInService(transact, vault, audit, {
    sessionHours: config.sessionHours,
    perMinute: config.limits.signInPerMinute,
    clock,
  });
  const personOf = (token: string): Promise<Principal | null> =>
    Promise.resolve(personBehind(tokens.read(token)));
  const authenticate = new AuthenticateService(transact, { personOf, clock, anyOrigin: config.demo.enabled });
  const twins = twinServices({ transact, audit, clock });
  const access = new AccessService(transact, {
    ...{ keys, members, idempotency, holders: new KeyHolders(twins.sandboxes, audit) },
    keyRevoked: () => {
      authenticate.keyRevoked();
    },
  });
  const accessBook = new AccessBook(transact, members, audit);
  return { audit, idempotency, keys, members, signIn, access, accessBook, authenticate, twins };
}

/** Whether the request still exists is row-level security's question at each read. */
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
