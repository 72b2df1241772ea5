/** The tables of the access module that TypeORM reads or writes. */
import { ApiKeyEntity } from "./identity/api-key.entity";
import { MemberEntity, SessionEntity } from "./identity/member.entity";

export const entities = [ApiKeyEntity, MemberEntity, SessionEntity];
