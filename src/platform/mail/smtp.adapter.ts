/**
 * Sends mails through the configured SMTP server. The mail is composed only after the connection is open and
 * encrypted, so that its data is as fresh as possible. Without TLS no data is read, no password is sent and no mail
 * is sent.
 *
 * Logs and failures never contain addresses or texts. Only the reply code of the server is kept.
 */
import { isIP } from "node:net";
import { rootCertificates } from "node:tls";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { timeoutSignal } from "../clock";
import { mailFaultOf, numberOf, type MailFault } from "./faults";

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** Whether TLS is used from the first byte. Otherwise the connection is upgraded by STARTTLS. */
  readonly secure: boolean;
  /** null when the server requires no authentication. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

export interface MailerOptions {
  readonly server: SmtpServer;
  /** The sender's address. */
  readonly from: string;
  /** Whether mails without personal data may be sent without TLS when the server offers none. Never in production. */
  readonly plainAllowed: boolean;
  /** An additional certificate authority in PEM, besides those that Node trusts. */
  readonly ca: string | null;
  readonly timeoutMs?: number;
}

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}

export interface Attachment {
  readonly fileName: string;
  readonly type: string;
  readonly content: Uint8Array;
}

export interface Addressed {
  readonly to: string;
  /** The local part of the Message-ID. It stays the same at every attempt, so that receivers detect duplicates. */
  readonly id: string;
  /** Whether the mail contains personal data. */
  readonly personal: boolean;
}

export type MailAnswer =
  | { readonly kind: "ACCEPTED"; readonly status: number }
  /** `write` returned no mail. */
  | { readonly kind: "NOT_NEEDED" }
  | { readonly kind: "FAILED"; readonly reason: MailFault; readonly status: number | null };

const defaultTimeoutMs = 9_000;

export class Mailer {
  constructor(private readonly options: MailerOptions) {}

  /** Throws the errors of `write`, and when `signal` aborts. Failures of the server are returned. */
  async send(
    addressed: Addressed,
    write: () => Promise<Mail | null>,
    signal: AbortSignal,
  ): Promise<MailAnswer> {
    signal.throwIfAborted();
    const connection = new SMTPConnection(this.connectionOptions(addressed.personal));
    const late = timeoutSignal(this.options.timeoutMs ?? defaultTimeoutMs);
    const broken = brokenBy(connection, AbortSignal.any([signal, late]));
    try {
      return await Promise.race([this.exchange(connection, { addressed, write }), broken]);
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted) return { kind: "FAILED", reason: "TIMED_OUT", status: null };
      if (error instanceof Unwritten) throw error.cause;
      return { kind: "FAILED", reason: mailFaultOf(error), status: numberOf(error) };
    } finally {
      connection.close();
    }
  }

  private async exchange(
    connection: SMTPConnection,
    { addressed, write }: { addressed: Addressed; write: () => Promise<Mail | null> },
  ): Promise<MailAnswer> {
    const { login } = this.options.server;
    await done((callback) => connection.connect(callback));
    if (login) {
      const auth = { user: login.user, pass: login.password };
      await done((callback) => connection.login(auth, callback));
    }
    const message = await this.compose(addressed, write).catch((cause: unknown) => {
      throw new Unwritten(cause);
    });
    if (message === null) {
      connection.quit();
      return { kind: "NOT_NEEDED" };
    }
    const envelope = { from: this.options.from, to: [addressed.to] };
    const answer = await done<{ response: string }>((callback) =>
      connection.send(envelope, message, callback),
    );
    connection.quit();
    return { kind: "ACCEPTED", status: numberOf({ response: answer?.response }) ?? 250 };
  }

  private async compose({ to, id }: Addressed, write: () => Promise<Mail | null>): Promise<Buffer | null> {
    const mail = await write();
    if (mail === null) return null;
    const { subject, text, attachments = [] } = mail;
    const { from } = this.options;
    const domain = from.slice(from.lastIndexOf("@") + 1);
    return new MailComposer({
      from: { name: "CarAtlas", address: from },
      to: { name: "", address: to },
      subject,
      text,
      attachments: attachments.map(({ fileName: filename, type: contentType, content }) => ({
        ...{ filename, contentType, content: Buffer.from(content) },
      })),
      messageId: `<${id}@${domain}>`,
      headers: { "Auto-Submitted": "auto-generated" },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build();
  }

  private connectionOptions(personal: boolean): SMTPConnection.Options {
    const { server, ca, plainAllowed, timeoutMs = defaultTimeoutMs } = this.options;
    return {
      ...{ host: server.host, port: server.port, secure: server.secure },
      requireTLS: !server.secure && (personal || !plainAllowed),
      ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
      ...{ dnsTimeout: timeoutMs, socketCloseTimeout: 0, logger: false },
      tls: {
        minVersion: "TLSv1.2",
        rejectUnauthorized: true,
        ...(isIP(server.host) === 0 && { servername: server.host }),
        ...(ca !== null && { ca: [...rootCertificates, ca] }),
      },
    };
  }
}

/** Rejects when the connection fails or ends early, or when the signal aborts. */
function brokenBy(connection: SMTPConnection, ending: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    connection.on("error", reject);
    connection.once("end", () => {
      reject(Object.assign(new Error("The connection ended."), { code: "ECONNECTION" }));
    });
    ending.addEventListener("abort", () => {
      reject(new Error("The time limit was exceeded."));
    });
  });
}

/** Marks our own failure to load or compose the mail, as opposed to a failure of the server. */
class Unwritten extends Error {
  constructor(override readonly cause: unknown) {
    super("The mail could not be written.");
  }
}

type Callback<T> = (error?: Error | null, result?: T) => void;

const done = <T = unknown>(work: (callback: Callback<T>) => void): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    work((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
