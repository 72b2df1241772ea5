/** The pages that mails to suppliers link to, over plain HTTP and in a real browser. */
import { randomUUID } from "node:crypto";
import { RevocationTokens } from "../../src/delivery/endpoints/revocation-token.service";
import { must } from "../support/client";
import {
  newCampaign,
  newSupplier,
  sendLead,
  wholeFeed,
  type SentLead,
  type TestSupplier,
} from "../support/journey";
import { startMailServer, type MailServer } from "../support/mail-server";
import { newAuthority, type Authority } from "../support/receiver";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";
import { Browser, noBrowser, type Page } from "./person-page-browser";

let authority: Authority;
let post: MailServer;
let server: TestServer;
let garage: TestSupplier;
let endpointId: string;
const member = { email: `membre.${randomUUID()}@garage.example`, password: "correct horse battery staple" };

beforeAll(async () => {
  authority = newAuthority();
  post = await startMailServer(authority);
  const mail = {
    SMTP_URL: post.url,
    MAIL_FROM: "envoi@caratlas.example",
    OUTBOUND_CA_FILE: authority.caFile,
  };
  server = await startTestServer({ environment: mail });
  garage = await newSupplier(server);
  await newCampaign(server, garage, { duplicateWindowDays: 0 });
  const { createEndpoint } = await must(server, garage.token, {
    query: "mutation ($input: EndpointInput!) { createEndpoint(input: $input) { endpoint { id } } }",
    variables: { input: { kind: "EMAIL", label: "test", target: "crm@garage.example" } },
  });
  endpointId = createEndpoint.endpoint.id;
  await must(server, server.adminToken, {
    query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
    variables: { input: { ...member, name: "Membre Essai", role: "SUPPLIER_SALES", supplierId: garage.id } },
  });
});
afterAll(async () => {
  await server.stop();
  await Promise.all([post.stop(), authority.remove()]);
});

const wait = (): Promise<{ leadId: string }[]> => wholeFeed(server, garage);

async function received(): Promise<{ sent: SentLead; leadId: string }> {
  const before = (await wait()).length;
  const sent = await sendLead(server, { to: [garage] });
  const events = await until("the lead is in the feed", async () => {
    const all = await wait();
    return all.length > before && all;
  });
  return { sent, leadId: events.at(-1)?.leadId ?? "" };
}

async function withdrawn(): Promise<{ leadId: string; token: string }> {
  const { sent, leadId } = await received();
  await must(server, sent.personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" });
  const expiresAt = new Date(server.clock.now().getTime() + 86_400_000);
  const link = { endpointId, supplierId: garage.id, leadId, expiresAt };
  return { leadId, token: new RevocationTokens(server.keys.tokenKey).write(link) };
}

it("serves files that run only their own scripts, name no other server and store nothing", async () => {
  for (const address of ["/retrait", "/demande-recue"]) {
    const response = await fetch(server.url + address);
    expect(response.headers.get("content-security-policy")).toContain(
      "default-src 'none'; script-src 'self'",
    );
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    const html = await response.text();
    const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => `/${String(name)}`);
    expect(named.length).toBeGreaterThan(3);
    const imported = ["/demande-recue/api.mjs", "/demande-recue/words.mjs", "/shared/api.mjs"];
    for (const name of [...named, ...imported]) {
      const file = await fetch(server.url + name);
      expect([name, file.status]).toEqual([name, 200]);
      expect([name, await file.text()]).toEqual([
        name,
        expect.not.stringMatching(/https?:|innerHTML|localStorage|document\.cookie/),
      ]);
    }
  }
});

// The browser is a Debian package that a machine may lack.
if (noBrowser !== null)
  console.warn(`The pages for suppliers are not tested in a browser here: ${noBrowser}`);

(noBrowser === null ? describe : describe.skip)("in a browser", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await Browser.start();
  });
  afterAll(() => browser.stop());
  beforeEach(async () => {
    page = await browser.page();
    await page.look({});
  });
  afterEach(() => page.close());

  it("acknowledges a revocation only when a button is pressed", async () => {
    const { leadId, token } = await withdrawn();
    await page.open(`${server.url}/retrait#${token}`);
    await page.until("document.querySelectorAll('#content button').length === 2");
    expect(await page.text()).toContain(leadId);
    expect(await page.read("location.href")).toBe(`${server.url}/retrait`);
    expect(await page.text()).toContain("Votre droit d’utiliser cette demande a pris fin.");
    await page.press("Confirmer que vous la gardez");
    expect(await page.text("#status")).toContain("Dites d’abord pour quelle raison");
    await page.press("Confirmer l’effacement");
    await page.until("document.querySelector('#answered') !== null");
    expect(await page.text("#answered")).toContain("Vous avez confirmé l’effacement le");
    await page.press("English");
    expect(await page.text("#answered")).toContain("You confirmed that it is erased on");
    expect(page.addresses.filter((address) => address.includes("ca_retrait_"))).toEqual([]);
    expect(page.complaints).toEqual([]);
    // Opened again, the link shows the answer and offers no button.
    const other = await browser.page();
    await other.open(`${server.url}/retrait#${token}`);
    await other.until("document.querySelector('#answered') !== null");
    await other.close();
  });

  it("explains what to do with a link that is not valid", async () => {
    await page.open(`${server.url}/retrait#ca_retrait_x`);
    await page.until("document.querySelector('.problem') !== null");
    expect(await page.text()).toContain("Ce lien n’est pas valable");
    await page.open(`${server.url}/retrait`);
    await page.until("document.querySelector('.problem')?.dataset.problem === 'NO_LINK'");
  });

  it("shows a lead to a member who signs in, and no longer once consent is withdrawn", async () => {
    const { sent, leadId } = await received();
    await page.open(`${server.url}/demande-recue#${leadId}`);
    await page.until("document.querySelector('input[type=password]') !== null");
    expect(await page.text()).not.toContain("Zélie");
    const enter = (password: string): Promise<unknown> =>
      page.read(`(() => {
        const [email, password] = document.querySelectorAll("input");
        email.value = ${JSON.stringify(member.email)};
        password.value = ${JSON.stringify(password)};
        document.querySelector("form").requestSubmit();
      })()`);
    await enter("something else entirely");
    await page.until("document.querySelector('#status').textContent !== ''");
    await enter(member.password);
    await page.until("document.querySelector('dl') !== null");
    expect(await page.text()).toContain("Zélie Essai");
    expect(await page.text()).toContain("e-mail. Aucun autre.");
    expect(await page.text()).toContain("Non transmis");
    await must(server, sent.personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" });
    await page.press("Actualiser");
    await page.until("document.querySelector('#ended') !== null");
    expect(await page.text()).not.toContain("Zélie");
    expect(page.complaints).toEqual([]);
    expect(await page.read("document.cookie.length + localStorage.length + sessionStorage.length")).toBe(0);
  });

  it("runs a query and a subscription in GraphiQL, which loads nothing from elsewhere", async () => {
    await page.send("Page.navigate", { url: `${server.url}/graphiql` });
    await page.until("document.querySelectorAll('.graphiql-editor-tool .CodeMirror').length > 0");
    const editor = (where: string): string => `document.querySelector('${where} .CodeMirror').CodeMirror`;
    const headers = JSON.stringify({ authorization: `Bearer ${garage.token}` });
    await page.read(`[...document.querySelectorAll('.graphiql-editor-tool .CodeMirror')]
      .find((one) => one.CodeMirror.getValue() === '{}').CodeMirror.setValue(${JSON.stringify(headers)})`);
    // GraphiQL reads an edited query a moment later, so it may run the one before.
    const run = async (query: string, answer: string): Promise<void> => {
      await page.read(`${editor(".graphiql-query-editor")}.setValue(${JSON.stringify(query)})`);
      await page.until(`(() => {
        const isAnswered = ${editor(".result-window")}.getValue().includes(${JSON.stringify(answer)});
        const isRunning = document.querySelector('.graphiql-spinner') !== null;
        if (!isAnswered && !isRunning) document.querySelector('.graphiql-execute-button').click();
        return isAnswered;
      })()`);
    };
    await run("{ viewer { role } }", '"role": "SUPPLIER_INTEGRATION"');
    await run("subscription { accountChanged { mode } }", '"mode": "PREPAID"');
    expect(
      page.addresses.filter((address) => !address.startsWith(server.url) && /^http/.test(address)),
    ).toEqual([]);
    const complaints = page.complaints.filter((complaint) => !complaint.includes("400 (Bad Request)"));
    expect(complaints).toEqual([]);
  });
});
