/** Where the data is, and how the servers of one installation wake one another. */
import { about, databaseUrl, natsUrl, optional } from "./kinds";

export const databaseSettings = {
  DATABASE_URL: optional(databaseUrl()).register(about, {
    description:
      "PostgreSQL 15 or newer, as the role that the server works with. It owns nothing and only needs the right to log in. When this is set, the embedded PostgreSQL does not start.",
    example: "postgres://caratlas_login:password@db.example.fr:5432/caratlas",
    missing: "the address of a PostgreSQL 15 or newer",
    production: "required",
  }),
  DATABASE_OWNER_URL: optional(databaseUrl()).register(about, {
    description:
      "The same database as the role that owns the schema and may create roles. Only `npm run migrate` needs it; a server in production does not. Default: DATABASE_URL.",
    example: "postgres://caratlas_owner:password@db.example.fr:5432/caratlas",
  }),
  NATS_URL: optional(natsUrl()).register(about, {
    description:
      "The NATS server through which the servers of one installation notify each other of changes: nats://user:password@host:4222, tls://… for an encrypted connection, several of one cluster separated by commas. Default: PostgreSQL's NOTIFY. docs/scaling.md explains when NATS is worthwhile.",
    example: "nats://user:password@nats.example.fr:4222",
  }),
};
