/** Serves /.well-known/security.txt (RFC 9116), which says where to report a vulnerability. */
import type { FastifyInstance } from "fastify";
import type { Clock } from "../platform/clock";

export interface SecurityTxt {
  /** A URI. When null, the address answers 404. */
  readonly contact: string | null;
  readonly publicUrl: () => string;
  readonly clock: Pick<Clock, "now">;
}

const address = "/.well-known/security.txt";
/** RFC 9116 recommends less than a year, so that nobody relies on an abandoned copy. */
const validDays = 180;

export function addSecurityTxt(app: FastifyInstance, { contact, publicUrl, clock }: SecurityTxt): void {
  if (contact === null) return;
  app.get(address, async (_request, reply) => {
    void reply.header("cache-control", "public, max-age=86400");
    return reply.type("text/plain; charset=utf-8").send(textOf(contact, publicUrl(), clock.now()));
  });
}

function textOf(contact: string, publicUrl: string, now: Date): string {
  const expires = new Date(now.getTime() + validDays * 86_400_000).toISOString();
  const fields = [
    `Contact: ${contact}`,
    `Expires: ${expires}`,
    "Preferred-Languages: fr, en",
    // The standard allows only https:// here, and a demo has none.
    ...(publicUrl.startsWith("https://") ? [`Canonical: ${publicUrl}${address}`] : []),
  ];
  return `${fields.join("\n")}\n`;
}
