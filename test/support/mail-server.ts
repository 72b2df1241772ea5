/** A test mail server that accepts mails, refuses them, is slow or hangs up, as the test requires. */
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { Authority } from "./receiver";

export interface Taken {
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly source: string;
}

export interface MailServer {
  readonly port: number;
  /** The address in the format of SMTP_URL. */
  readonly url: string;
  /** Every mail that was received completely, whatever the response. */
  readonly taken: Taken[];
  /** The number of connections so far. */
  readonly visits: () => number;
  /** Awaited when a client connects, when it names a recipient, and after a mail was received. */
  readonly act: {
    connect?: () => Promise<void>;
    recipient?: () => Promise<void>;
    data?: () => Promise<void>;
  };
  /** Cuts the open connections. */
  readonly hangUp: () => void;
  stop(): Promise<void>;
}

/** An SMTP error with this code. */
export const answering = (responseCode: number): Error =>
  Object.assign(new Error("as the test requires"), { responseCode });

export async function startMailServer(
  { cert, key }: Pick<Authority, "cert" | "key">,
  options: SMTPServerOptions = {},
): Promise<MailServer> {
  const taken: Taken[] = [];
  const act: MailServer["act"] = {};
  let visits = 0;
  const tell = (work: (() => Promise<void>) | undefined, done: (error?: Error | null) => void): void => {
    (work?.() ?? Promise.resolve()).then(
      () => done(),
      (error: unknown) => done(error as Error),
    );
  };
  const server = new SMTPServer({
    ...{ cert, key, authOptional: true, logger: false, disabledCommands: ["AUTH"] },
    closeTimeout: 200,
    onConnect: (_session, done) => {
      visits += 1;
      tell(act.connect, done);
    },
    onRcptTo: (_address, _session, done) => tell(act.recipient, done),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        taken.push({ to, secure: session.secure, source: Buffer.concat(chunks).toString() });
        tell(act.data, done);
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const hangUp = (): void => {
    for (const connection of server.connections) connection.close();
  };
  return {
    ...{ port, taken, act, hangUp, visits: () => visits },
    url: `${options.secure === true ? "smtps" : "smtp"}://localhost:${String(port)}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The header's value, unfolded. */
export const headerOf = ({ source }: Pick<Taken, "source">, name: string): string =>
  new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, "im").exec(source)?.[1]?.replaceAll(/\r?\n[ \t]/g, " ") ??
  "";

/** The text of a single-part mail as its reader sees it. */
export function textOf(mail: Pick<Taken, "source">): string {
  const body = mail.source.slice(mail.source.indexOf("\r\n\r\n") + 4);
  const encoding = headerOf(mail, "content-transfer-encoding").toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString().replaceAll("\r\n", "\n");
  if (encoding !== "quoted-printable") return body.replaceAll("\r\n", "\n");
  const plain = body
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, "latin1").toString().replaceAll("\r\n", "\n");
}
