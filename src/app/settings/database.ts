/** Where the data is, and how the servers of one installation wake one another. */
import { about, databaseUrl, natsUrl, optional } from "./kinds";

export const databaseSettings = {
  DATABASE_URL: optional(databaseUrl()).register(about, {
    description:
      "PostgreSQL 15 or newer, as the role that the server works with. It owns nothing and needs no right but to log in. With it, the embedded PostgreSQL never starts.",
    example: "postgres://caratlas_login:password@db.example.fr:5432/caratlas",
    missing: "the address of a PostgreSQL 15 or newer",
    production: "required",
  }),
  DATABASE_OWNER_URL: optional(databaseUrl()).register(about, {
    description:
      "The same database as the role that owns the schema and may create roles. Used for migrations only. Default: DATABASE_URL.",
    example: "postgres://caratlas_owner:password@db.example.fr:5432/caratlas",
  }),
  NATS_URL: optional(natsUrl()).register(about, {
    description:
      "How the servers of one installation tell one another to look again: nats://user:password@host:4222, tls://… for an encrypted connection, several of one cluster separated by commas. Default: PostgreSQL's NOTIFY. docs/scaling.md says when NATS pays.",
    example: "nats://user:password@nats.example.fr:4222",
  }),
};
