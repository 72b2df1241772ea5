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

it("names every product on the home page, and links documentation and terms that are there", async () => {
  const html = await (await fetch(server.url)).text();
  const { products } = await must(server, server.formToken, {
    query: "{ products { fr: label(language: FR) en: label(language: EN) } }",
  });
  for (const { fr, en } of products)
    for (const label of [fr, en]) expect(html).toContain(`<li>${label}</li>`);
  const links = [...html.matchAll(/href="(\/[^"]*)"/g)].map(([, link]) => String(link));
  expect(links).toEqual(expect.arrayContaining(["/docs", "/conditions", "/classement", "/graphql"]));
  for (const link of new Set(links))
    expect([link, (await fetch(server.url + link)).status]).toEqual([link, 200]);
  const list = await (await fetch(`${server.url}/docs`)).text();
  const files = [...list.matchAll(/href="(\/docs\/[^"]+)"/g)].map(([, link]) => String(link));
  expect(files).toEqual(expect.arrayContaining(["/docs/tutorial.md", "/docs/feed-protocol.md"]));
  for (const file of files) expect(await (await fetch(server.url + file)).text()).toMatch(/^# /);
});

it.each([
  ["/", "The products", "Les produits"],
  ["/classement", "How requests are shared out", "Comment les demandes sont attribuées"],
  ["/conditions", "Terms for suppliers, version", "Conditions des fournisseurs, version"],
])("shows %s first in the language that the browser asks for", async (address, english, french) => {
  for (const [header, first, second, lang] of [
    ["en-GB,en;q=0.9", english, french, "en"],
    ["fr-FR,fr;q=0.9,en;q=0.8", french, english, "fr"],
  ] as const) {
    const response = await fetch(server.url + address, { headers: { "accept-language": header } });
    const html = await response.text();
    expect(response.headers.get("vary")).toContain("accept-language");
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html.indexOf(first)).toBeGreaterThan(0);
    expect(html.lastIndexOf(second)).toBeGreaterThan(html.lastIndexOf(first));
  }
});

it("gives suppliers a page as the address of the terms", async () => {
  const { onboarding } = await must(server, server.adminToken, {
    query: "query ($id: ID!) { onboarding(supplierId: $id) { termsUrl termsVersion } }",
    variables: { id: garage.id },
  });
  const { termsUrl, termsVersion } = onboarding;
  const response = await fetch(termsUrl as string, { headers: { "accept-language": "en" } });
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(`Terms for suppliers, version ${String(termsVersion)}`);
});

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
    // Words of the language, and no codes of options.
    const french = await page.text();
    for (const words of ["Voiture neuve", "Quand pensez-vous acheter", "Dans les 3 mois"])
      expect(french).toContain(words);
    const code = /\b[A-Z]{2,}(?:_[A-Z]+)+\b|\bundefined\b|\b(?:true|false)\b/;
    expect(french).not.toMatch(code);
    await page.press("English");
    const inEnglish = await page.text();
    for (const words of ["New car", "When do you plan to buy", "Within 3 months"])
      expect(inEnglish).toContain(words);
    expect(inEnglish).not.toMatch(code);
    for (const words of ["Voiture", "Quand", "Dans les", "Oui"]) expect(inEnglish).not.toContain(words);
    await page.press("Français");
    await must(server, sent.personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" });
    await page.press("Actualiser");
    await page.until("document.querySelector('#ended') !== null");
    expect(await page.text()).not.toContain("Zélie");
    expect(page.complaints).toEqual([]);
    expect(await page.read("document.cookie.length + localStorage.length + sessionStorage.length")).toBe(0);
  });

  it.each([
    ["/demande-recue", "A lead for you", "Demande reçue"],
    ["/retrait", "Withdrawal of a lead", "Retrait d’une demande"],
    ["/ma-demande", "My request", "Ma demande"],
  ])("opens %s in the language of the browser", async (address, english, french) => {
    for (const [acceptLanguage, expected] of [
      ["en-GB,en", english],
      ["fr-FR,fr,en", french],
      ["de-DE,en,fr", english],
      ["de-DE", french],
    ] as const) {
      const other = await browser.page();
      await other.preferring(acceptLanguage);
      await other.open(server.url + address);
      await other.until(
        `[...document.querySelectorAll("h1, h2")].some((one) => one.textContent.includes(${JSON.stringify(expected)}))`,
      );
      expect([acceptLanguage, await other.read("document.documentElement.lang")]).toEqual([
        acceptLanguage,
        expected === english ? "en" : "fr",
      ]);
      await other.close();
    }
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
