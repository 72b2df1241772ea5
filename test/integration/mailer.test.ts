/** The mailer against mail servers that accept, refuse, are slow, lack TLS or hang up. */
import { Mailer, type MailerOptions } from "../../src/platform/mail/smtp.adapter";
import { answering, headerOf, startMailServer, textOf, type MailServer } from "../support/mail-server";
import { newAuthority } from "../support/receiver";
import { until } from "../support/until";

const authority = newAuthority();
afterAll(() => authority.remove());

const never = new AbortController().signal;
const addressed = { to: "crm@garage.example", id: "msg_abc", personal: true };
const mail = { subject: "Nouvelle demande : Voiture d'occasion – œuvre", text: "Ligne 1\n.\nœ 𝄞\n" };
const write = (): Promise<typeof mail> => Promise.resolve(mail);

const servers: MailServer[] = [];
async function server(
  options: Parameters<typeof startMailServer>[1] = {},
  as = authority,
): Promise<MailServer> {
  const started = await startMailServer(as, options);
  servers.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.stop()));
});

const mailer = (
  { port }: { port: number },
  change: Partial<MailerOptions> & { secure?: boolean } = {},
): Mailer =>
  new Mailer({
    server: { host: "localhost", port, secure: change.secure ?? false, login: null },
    ...{ from: "envoi@caratlas.example", plainAllowed: false, ca: authority.cert },
    ...change,
  });

it("sends a mail over STARTTLS with the same message id each time", async () => {
  const box = await server();
  expect(await mailer(box).send(addressed, write, never)).toEqual({ kind: "ACCEPTED", status: 250 });
  expect(await mailer(box).send(addressed, write, never)).toEqual({ kind: "ACCEPTED", status: 250 });
  expect(box.taken.map(({ to, secure }) => [to, secure])).toEqual([
    [["crm@garage.example"], true],
    [["crm@garage.example"], true],
  ]);
  for (const taken of box.taken) {
    expect(headerOf(taken, "message-id")).toBe("<msg_abc@caratlas.example>");
    expect(headerOf(taken, "content-type")).toBe("text/plain; charset=utf-8");
    expect(headerOf(taken, "auto-submitted")).toBe("auto-generated");
    expect(textOf(taken).trimEnd()).toBe(mail.text.trimEnd());
  }
});

it("uses TLS from the first byte when the server's URL says so", async () => {
  const box = await server({ secure: true });
  expect(await mailer(box, { secure: true }).send(addressed, write, never)).toMatchObject({
    kind: "ACCEPTED",
  });
  expect(box.taken[0]?.secure).toBe(true);
});

it("sends no personal mail and no password without TLS", async () => {
  let asked = 0;
  const box = await server({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    authOptional: false,
    onAuth: (_auth, _session, done) => {
      asked += 1;
      done(null, { user: "any" });
    },
  });
  const login = { user: "caratlas", password: "secret" };
  const read = jest.fn(write);
  const bare = { server: { host: "localhost", port: box.port, secure: false, login } };
  expect(await mailer(box, bare).send(addressed, read, never)).toMatchObject({
    kind: "FAILED",
    reason: "TLS_FAILED",
  });
  // A mail without personal data may be sent unencrypted where that is allowed; one with personal data may
  // not.
  const lax = { ...bare, plainAllowed: true };
  expect(await mailer(box, lax).send(addressed, read, never)).toMatchObject({
    kind: "FAILED",
    reason: "TLS_FAILED",
  });
  expect([asked, read.mock.calls.length, box.taken.length]).toEqual([0, 0, 0]);
  const impersonal = { ...addressed, personal: false };
  expect(await mailer(box, lax).send(impersonal, read, never)).toMatchObject({ kind: "ACCEPTED" });
  expect(box.taken.map(({ secure }) => secure)).toEqual([false]);
});

it("accepts only certificates of the configured authorities for the requested name and current TLS versions", async () => {
  const box = await server();
  const read = jest.fn(write);
  expect(await mailer(box, { ca: null }).send(addressed, read, never)).toMatchObject({
    reason: "TLS_FAILED",
  });
  const another = newAuthority(["another.example"]);
  const named = await server({}, another);
  expect(await mailer(named, { ca: another.cert }).send(addressed, read, never)).toMatchObject({
    kind: "FAILED",
    reason: "TLS_FAILED",
  });
  await another.remove();
  const old = await server({ maxVersion: "TLSv1.1", minVersion: "TLSv1.1" } as never);
  expect(await mailer(old).send(addressed, read, never)).toMatchObject({
    kind: "FAILED",
    reason: "TLS_FAILED",
  });
  expect(read).not.toHaveBeenCalled();
  expect([...box.taken, ...named.taken, ...old.taken]).toEqual([]);
});

it.each([
  ["the address for now", "recipient", 450, "NOT_ACCEPTED"],
  ["the address", "recipient", 550, "NOT_ACCEPTED"],
  ["the mail for now", "data", 452, "NOT_ACCEPTED"],
  ["the mail", "data", 554, "REFUSED"],
  ["everybody for now", "connect", 421, "NOT_ACCEPTED"],
] as const)("reports the SMTP code with which the server refused %s", async (_what, step, status, reason) => {
  const box = await server();
  box.act[step] = () => Promise.reject(answering(status));
  expect(await mailer(box).send(addressed, write, never)).toEqual({ kind: "FAILED", reason, status });
});

it("composes the mail only after connecting and sends nothing when there is nothing to say", async () => {
  const box = await server();
  let answer = (): void => undefined;
  box.act.connect = () => new Promise((resolve) => (answer = resolve));
  const order: string[] = [];
  const sending = mailer(box).send(addressed, () => (order.push("written"), Promise.resolve(null)), never);
  await until("it is visited", () => Promise.resolve(box.visits() > 0));
  order.push("connected");
  answer();
  expect(await sending).toEqual({ kind: "NOT_NEEDED" });
  expect(order).toEqual(["connected", "written"]);
  expect(box.taken).toEqual([]);
});

it("times out on a silent server and can be aborted", async () => {
  const silent = await server();
  silent.act.connect = () => new Promise(() => undefined);
  expect(await mailer(silent, { timeoutMs: 300 }).send(addressed, write, never)).toEqual({
    kind: "FAILED",
    reason: "TIMED_OUT",
    status: null,
  });
  const slow = await server();
  slow.act.data = () => new Promise(() => undefined);
  const stopping = new AbortController();
  const sending = mailer(slow).send(addressed, write, stopping.signal);
  await until("the mail was read", () => Promise.resolve(slow.taken.length === 1));
  stopping.abort(new Error("The server stops."));
  await expect(sending).rejects.toThrow("The server stops.");
});

it("reports a lost connection as a failure and repeats the mail under the same message id", async () => {
  const box = await server();
  box.act.data = () => {
    box.act.data = () => Promise.resolve();
    box.hangUp();
    return new Promise(() => undefined);
  };
  expect(await mailer(box).send(addressed, write, never)).toMatchObject({
    kind: "FAILED",
    reason: "CONNECTION_LOST",
  });
  expect(await mailer(box).send(addressed, write, never)).toMatchObject({ kind: "ACCEPTED" });
  expect(box.taken.map((taken) => headerOf(taken, "message-id"))).toEqual([
    "<msg_abc@caratlas.example>",
    "<msg_abc@caratlas.example>",
  ]);
});

it("reports an unreachable server as a failure and throws an error of its own caller", async () => {
  const box = await server();
  const gone = { port: box.port };
  await servers.pop()?.stop();
  expect(await mailer(gone).send(addressed, write, never)).toMatchObject({
    kind: "FAILED",
    reason: "NOT_CONNECTED",
  });
  const fine = await server();
  const broken = (): Promise<never> => Promise.reject(new Error("The database is away."));
  await expect(mailer(fine).send(addressed, broken, never)).rejects.toThrow("The database is away.");
  expect(fine.taken).toEqual([]);
});

it("prevents header injection through the subject and the address", async () => {
  const box = await server();
  const subject = "Campagne\r\nBcc: autre@exemple.example\r\n\r\nbody";
  await mailer(box).send(addressed, () => Promise.resolve({ ...mail, subject }), never);
  const [taken] = box.taken;
  expect(taken && headerOf(taken, "bcc")).toBe("");
  expect(taken?.to).toEqual(["crm@garage.example"]);
  const two = { ...addressed, to: "a@b.example>\r\nRCPT TO:<c@d.example" };
  expect(await mailer(box).send(two, write, never)).toMatchObject({ kind: "FAILED" });
  expect(box.taken).toHaveLength(1);
});
