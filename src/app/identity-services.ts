/** Who may enter, and what is remembered of what they did. */
import { AccessBook } from "../identity/access-book.service";
import { AccessService } from "../identity/access.service";
import { AuditService } from "../identity/audit.service";
import { AuthenticateService } from "../identity/authenticate.service";
import { IdempotencyService } from "../identity/idempotency.service";
import { KeyHolders } from "../identity/key-holders.service";
import { KeysService } from "../identity/keys.service";
import { MemberVault } from "../identity/member-vault.service";
import { MembersService } from "../identity/members.service";
import type { Principal } from "../identity";
import { SignInService } from "../identity/sign-in.service";
import type { PersonTokens } from "../leads";
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
