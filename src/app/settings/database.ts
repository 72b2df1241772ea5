/** Where the data is, and how the servers of one installation wake one another. */
import { about, databaseUrl, natsUrl, optional, poolSizes, secret } from "./kinds";

export const databaseSettings = {
  DATABASE_URL: optional(databaseUrl()).register(about, {
    description:
      "PostgreSQL 15 or newer, as a role that owns nothing and only needs the right to log in. `npm run migrate` derives from it the logins that the server works with: its name with _gate, _supplier and so on. When this is set, the embedded PostgreSQL does not start.",
    example: "postgres://caratlas_login:password@db.example.fr:5432/caratlas",
    missing: "the address of a PostgreSQL 15 or newer",
    production: "required",
  }),
  DATABASE_OWNER_URL: optional(databaseUrl()).register(about, {
    description:
      "The same database as the role that owns the schema and may create roles. Only `npm run migrate` needs it; a server in production does not. Default: DATABASE_URL.",
    example: "postgres://caratlas_owner:password@db.example.fr:5432/caratlas",
  }),
  DATABASE_LOGIN_SECRET: optional(secret()).register(about, {
    description:
      "The secret from which the passwords of the server's logins are derived, at least 16 characters. `npm run migrate` and all servers of a database need the same one. After a change, run `npm run migrate` again. Default: the password in DATABASE_URL.",
    command: "openssl rand -hex 32",
  }),
  DATABASE_POOLS: poolSizes().register(about, {
    description:
      "The most connections that one server opens as each login, separated by commas; what is not listed keeps its default. One more connection carries hints unless NATS_URL is set. docs/scaling.md says how to choose.",
  }),
  NATS_URL: optional(natsUrl()).register(about, {
    description:
      "The NATS server through which the servers of one installation notify each other of changes: nats://user:password@host:4222, tls://… for an encrypted connection, several of one cluster separated by commas. Default: PostgreSQL's NOTIFY. docs/scaling.md explains when NATS is worthwhile.",
    example: "nats://user:password@nats.example.fr:4222",
  }),
};
