/** The page behind a personal link, over plain HTTP and in a real browser. */
import { ask, must, subscribe } from "../support/client";
import {
  answers,
  confirmMutation,
  feedSubscription,
  newCampaign,
  newSupplier,
  person,
  preview,
  submit,
  transmitTo,
  type TestSupplier,
} from "../support/journey";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";
import { Browser, noBrowser, type Page } from "./person-page-browser";

const nasty = `<img src=x onerror="document.title='broken'">`;
const phone = "+33612345678";

let server: TestServer;
let garage: TestSupplier;
let dealer: TestSupplier;
/** Has an empty balance, so it receives no lead. */
let poor: TestSupplier;

beforeAll(async () => {
  server = await startTestServer();
  garage = await newSupplier(server, { name: `Garage ${nasty}` });
  dealer = await newSupplier(server, { name: "Concession de la Part-Dieu" });
  poor = await newSupplier(server, { name: "Autos Sans Provision", paidInclVatCents: 0 });
  // Every request uses the same phone number.
  const anybody = { duplicateWindowDays: 0 };
  for (const supplier of [garage, dealer, poor]) await newCampaign(server, supplier, anybody);
});
afterAll(() => server.stop());

interface Pending {
  readonly reference: string;
  readonly personalToken: string;
  readonly demoCode: string;
  readonly email: string;
}

async function requested(): Promise<Pending> {
  const wishes = { makes: ["RENAULT"], energy: ["ELECTRIC"], tradeIn: true, wantedBy: "2027-03-31" };
  const { token } = await preview(server, { answers: answers({ ...wishes, comment: `Calme ${nasty}` }) });
  const to = [garage, dealer, poor].map(({ id }) => id);
  const grants = [transmitTo(to, ["PHONE", "SMS", "EMAIL"]), { purpose: "FEEDBACK_CALL" }];
  const contact = person({ phone, lastName: nasty });
  const { data, errors } = await submit(server, { token, contact, grants });
  if (!data) throw new Error(JSON.stringify(errors));
  return { ...(data["submitLead"] as Omit<Pending, "email">), email: String(contact["email"]) };
}

async function confirmed(): Promise<Pending> {
  const pending = await requested();
  const { reference, demoCode: code } = pending;
  await must(server, server.formToken, { query: confirmMutation, variables: { input: { reference, code } } });
  await until("it reaches its suppliers", async () => Object.keys(await received(pending)).length === 2);
  return pending;
}

interface RecipientStatus {
  readonly supplierId: string;
  readonly channels: string[];
  readonly sentAt: string | null;
  readonly endedAt: string | null;
}

async function recipientStatuses({ personalToken }: Pending): Promise<Record<string, RecipientStatus>> {
  const query = "{ myRequest { recipients { supplierId channels sentAt endedAt } } }";
  const { myRequest } = await must(server, personalToken, { query });
  const { recipients } = myRequest as { recipients: RecipientStatus[] };
  return Object.fromEntries(recipients.map((standing) => [standing.supplierId, standing]));
}

const received = async (pending: Pending): Promise<Record<string, RecipientStatus>> =>
  Object.fromEntries(
    Object.entries(await recipientStatuses(pending)).filter(([, { sentAt }]) => sentAt !== null),
  );

async function erase({ reference }: Pending): Promise<void> {
  const query = "mutation ($reference: ID!) { eraseRequest(reference: $reference) }";
  await must(server, server.adminToken, { query, variables: { reference } });
}

const linkOf = ({ personalToken }: Pick<Pending, "personalToken">): string =>
  `${server.url}/ma-demande#${personalToken}`;

describe("the files of the page", () => {
  const addresses = async (): Promise<string[]> => {
    const html = await (await fetch(`${server.url}/ma-demande`)).text();
    const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => `/${String(name)}`);
    const found = new Set(["/ma-demande", ...named]);
    for (const address of found) {
      const text = await (await fetch(server.url + address)).text();
      for (const [, name] of text.matchAll(/from "(\.[^"]+)"/g))
        found.add(new URL(String(name), server.url + address).pathname);
    }
    return [...found];
  };

  it("are not cached, declare their type and send no referrer", async () => {
    const all = await addresses();
    expect(all.length).toBeGreaterThan(10);
    for (const address of all) {
      const { status, headers } = await fetch(server.url + address);
      expect([address, status]).toEqual([address, 200]);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("content-type")).toMatch(/^text\/(html|css|javascript); charset=utf-8$/);
    }
  });

  it("run only their own scripts and connect only to this server", async () => {
    const { headers } = await fetch(`${server.url}/ma-demande`);
    const policy = (headers.get("content-security-policy") ?? "").split("; ").sort();
    expect(policy).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "script-src 'self'",
      "style-src 'self'",
      "trusted-types 'none'",
    ]);
  });

  it("name no other server, build no markup from text and store nothing", async () => {
    for (const address of await addresses()) {
      const text = await (await fetch(server.url + address)).text();
      expect([address, text]).toEqual([address, expect.not.stringMatching(/https?:|["'(=]\/\//i)]);
      expect(text).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/);
      expect(text).not.toMatch(/localStorage|sessionStorage|document\.cookie|indexedDB/);
      expect(text).not.toMatch(/\son[a-z]+="|style="|<style|<script>/);
    }
  });
});

// The browser is a Debian package that a machine may lack.
if (noBrowser !== null) console.warn(`The personal page is not tested in a browser here: ${noBrowser}`);

(noBrowser === null ? describe : describe.skip)("the page in a browser", () => {
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

  const settled = (): Promise<void> =>
    page.until("document.querySelector('#content').getAttribute('aria-busy') === 'false'");
  const answered = (): Promise<void> => page.until("!document.querySelector('#confirm').open");
  const focused = (): Promise<string> =>
    page.read("document.activeElement.id || document.activeElement.textContent.trim()");

  it("shows the request, the data held, and which suppliers received it and may use it how", async () => {
    const pending = await confirmed();
    await page.open(linkOf(pending));
    const text = await page.text();
    for (const said of [
      "Voiture neuve",
      "Renault",
      "Électrique",
      "Dans les 3 mois",
      "31 mars 2027",
      "69003 Lyon",
    ])
      expect(text).toContain(said);
    for (const held of [`Madame Zélie ${nasty}`, "+33 6 12 34 56 78", pending.email])
      expect(text).toContain(held);
    expect(text).toContain("Votre demande ne vous engage à aucun achat.");
    expect(text).toContain("réclamation à la CNIL");
    expect(await page.text(`#supplier-${dealer.id} + p`)).toMatch(
      /^A reçu votre demande le .+ \d{4} à \d\d:\d\d\.$/,
    );
    expect(await page.text(`#supplier-${poor.id} + p`)).toBe("N’a pas reçu votre demande à ce jour.");
    // Whether a supplier can pay is confidential, so the page says the same as for one whose cap is reached.
    expect(await page.text(`#supplier-${poor.id} + p + p`)).toBe(
      "Il ne pouvait pas la prendre à ce moment, ou d’autres étaient devant.",
    );
    expect(text).toContain("Au plus 3 fournisseurs reçoivent une même demande");
    expect(await page.read("document.querySelector('a[href=\"/classement\"]').textContent")).toBe(
      "Comment les demandes sont attribuées",
    );
  });

  it("puts its token in no requested address, removes it from the location and stores nothing", async () => {
    const pending = await confirmed();
    await page.open(linkOf(pending));
    expect(await page.read("location.href")).toBe(`${server.url}/ma-demande`);
    expect(await page.read("document.cookie.length + localStorage.length + sessionStorage.length")).toBe(0);
    expect(page.addresses.filter((address) => address.includes("ca_person_"))).toEqual([]);
    expect(page.addresses.every((address) => address.startsWith(`${server.url}/`))).toBe(true);
    expect(page.complaints).toEqual([]);
    expect(server.log.join("")).not.toContain(pending.personalToken);
  });

  it("shows what people typed as text and never as markup", async () => {
    await page.open(linkOf(await confirmed()));
    expect(await page.text()).toContain(`Calme ${nasty}`);
    expect(await page.text(`#supplier-${garage.id}`)).toBe(garage.name);
    expect(await page.read("document.images.length")).toBe(0);
    expect(await page.read("document.title")).toBe("Ma demande – CarAtlas");
  });

  it("withdraws one channel of one supplier after a confirmation", async () => {
    const pending = await confirmed();
    await page.open(linkOf(pending));
    const wish = `Ne plus recevoir de SMS de ${dealer.name}`;
    await page.press(wish);
    expect(await page.text("#confirm")).toContain(dealer.name);
    await page.press("Annuler");
    expect(await focused()).toBe(wish);
    expect((await recipientStatuses(pending))[dealer.id]?.channels).toEqual(["PHONE", "SMS", "EMAIL"]);

    await page.press(wish);
    await page.press("Oui, retirer");
    await answered();
    expect((await recipientStatuses(pending))[dealer.id]?.channels).toEqual(["PHONE", "EMAIL"]);
    expect((await recipientStatuses(pending))[garage.id]?.channels).toEqual(["PHONE", "SMS", "EMAIL"]);
    expect(
      await page.read(`document.querySelector("[aria-labelledby='supplier-${dealer.id}']").textContent`),
    ).not.toContain("SMS");
    expect(await focused()).toBe("status");
    expect(await page.text("#status")).toContain("C’est fait");
  });

  it("withdraws one supplier, notifies it at once and leaves the others", async () => {
    const pending = await confirmed();
    const feed = subscribe<{ __typename: string }>(server, dealer.token, { query: feedSubscription });
    await page.open(linkOf(pending));
    await page.press(`Retirer mon accord pour ${dealer.name}`);
    await page.press("Oui, retirer");
    await answered();
    const kinds: string[] = [];
    while (kinds.at(-1) !== "LeadRevoked") kinds.push((await feed.next()).__typename);
    await feed.stop();
    const now = await recipientStatuses(pending);
    expect(now[dealer.id]).toMatchObject({ channels: [], endedAt: expect.any(String) as unknown });
    expect(now[garage.id]?.channels).toHaveLength(3);
    const card = await page.text(`[aria-labelledby="supplier-${dealer.id}"]`);
    expect(card).toMatch(
      /Son droit d’utiliser votre demande a pris fin le .+\. Il en a été prévenu aussitôt\./,
    );
    expect(
      await page.read(`document.querySelectorAll("[aria-labelledby='supplier-${dealer.id}'] button").length`),
    ).toBe(0);
  });

  it("withdraws everything and then offers nothing more to withdraw", async () => {
    const pending = await confirmed();
    await page.open(linkOf(pending));
    await page.press("Tout retirer");
    await page.press("Oui, retirer");
    await answered();
    expect(Object.values(await recipientStatuses(pending)).flatMap(({ channels }) => channels)).toEqual([]);
    expect(await page.text("#nothing-left")).toContain("Vous avez tout retiré");
    expect(
      await page.read("[...document.querySelectorAll('#content button')].map((one) => one.textContent)"),
    ).toEqual(["Actualiser"]);
  });

  it("withdraws a purpose of CarAtlas and leaves the suppliers", async () => {
    const pending = await confirmed();
    await page.open(linkOf(pending));
    await page.press("Retirer Un appel de CarAtlas pour recueillir mon avis");
    await page.press("Oui, retirer");
    await answered();
    const { myRequest } = await must(server, pending.personalToken, { query: "{ myRequest { purposes } }" });
    expect(myRequest).toEqual({ purposes: [] });
    expect((await recipientStatuses(pending))[dealer.id]?.channels).toHaveLength(3);
  });

  it("does not claim a withdrawal that the server did not confirm", async () => {
    const pending = await confirmed();
    await page.open(linkOf(pending));
    await page.press("Tout retirer");
    await page.offline(true);
    await page.press("Oui, retirer");
    await page.until("document.querySelector('#confirm .failed')?.textContent");
    expect(await page.text("#confirm .failed")).toContain("Réessayez");
    await page.offline(false);
    await page.press("Oui, retirer");
    await answered();
    expect(Object.values(await recipientStatuses(pending)).flatMap(({ channels }) => channels)).toEqual([]);
  });

  it("says that nothing is sent before the code is confirmed", async () => {
    await page.open(linkOf(await requested()));
    expect(await page.text()).toContain("Rien n’est transmis avant la saisie du code");
    expect(await page.text(`#supplier-${dealer.id} + p`)).toBe("N’a pas reçu votre demande à ce jour.");
  });

  it.each([
    ["has no token", "", "NO_LINK", "Rouvrez le lien que vous avez reçu"],
    ["was cut off", "#ca_person_AZ", "BAD_LINK", "Il est peut-être incomplet"],
    ["holds a token of another kind", "#ca_form_x", "BAD_LINK", "Il est peut-être incomplet"],
  ])("explains what to do when the link %s", async (_what, fragment, problem, help) => {
    await page.open(`${server.url}/ma-demande${fragment}`);
    expect(await page.read("document.querySelector('.problem').dataset.problem")).toBe(problem);
    expect(await page.text()).toContain(help);
    expect(await focused()).toBe("problem");
  });

  it("says that an erased request no longer exists", async () => {
    const pending = await confirmed();
    await erase(pending);
    await page.open(linkOf(pending));
    expect(await page.text()).toContain("Cette demande n’existe plus chez nous");
    expect(await page.text()).not.toContain("Zélie");
  });

  it("says the same when the request is erased while the page is open", async () => {
    const pending = await confirmed();
    await page.open(linkOf(pending));
    await erase(pending);
    await page.press("Tout retirer");
    await page.press("Oui, retirer");
    await answered();
    expect(await page.text()).toContain("Cette demande n’existe plus chez nous");
    expect(await page.text()).not.toContain("Zélie");
  });

  it("says that the server cannot be reached and recovers once it can", async () => {
    await page.open(linkOf(await confirmed()));
    await page.offline(true);
    await page.press("Actualiser");
    await settled();
    expect(await page.text()).toContain("Le serveur ne répond pas");
    expect(await page.text()).not.toContain("Zélie");
    await page.offline(false);
    await page.press("Réessayer");
    await settled();
    expect(await page.text()).toContain("Zélie");
  });

  it("shows the other request when its link is opened in the same tab", async () => {
    const [first, second] = [await confirmed(), await confirmed()];
    await page.open(linkOf(first));
    await page.read(`location.href = ${JSON.stringify(linkOf(second))}`);
    await page.until(`document.querySelector('main').innerText.includes('${second.reference}')`);
    expect(await page.text()).not.toContain(first.reference);
    expect(await page.read("location.hash")).toBe("");
  });

  it("is available in English with every text of the French version", async () => {
    await page.open(linkOf(await confirmed()));
    await page.press("English");
    expect(await page.read("document.documentElement.lang")).toBe("en");
    const text = await page.text();
    for (const said of [
      "New car",
      "Electric",
      "31 March 2027",
      "Your request does not oblige you to buy anything.",
    ])
      expect(text).toContain(said);
    expect(await page.read(sameShape)).toEqual([]);
    await page.press("Français");
    expect(await page.text("h1")).toBe("Ma demande");
  });

  it("can be operated with the keyboard alone", async () => {
    await page.open(linkOf(await confirmed()));
    await page.read("document.querySelector('#language').focus()");
    await page.key("Tab");
    await page.key("Tab");
    expect(await focused()).toBe("Comment les demandes sont attribuées");
    await page.key("Tab");
    const wish = await focused();
    expect(wish).toMatch(/^Ne plus recevoir d’appels de /);
    await page.key("Enter");
    expect(await focused()).toBe("Annuler");
    // The rest of the page cannot be reached while the dialog is open.
    for (let presses = 0; presses < 4; presses++) {
      await page.key("Tab");
      expect(["confirm", "Annuler", "Oui, retirer", "BODY"]).toContain(
        await page.read(
          "document.activeElement === document.body ? 'BODY' : document.activeElement.id || document.activeElement.textContent",
        ),
      );
    }
    await page.key("Escape");
    await answered();
    expect(await focused()).toBe(wish);
  });

  it("gives every button a unique name and every region a heading", async () => {
    await page.open(linkOf(await confirmed()));
    const controls = await page.controls();
    const names = controls.filter(({ role }) => role === "button").map(({ name }) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.trim() !== "")).toBe(true);
    const regions = controls.filter(({ role }) => role === "region" || role === "article");
    expect(regions.length).toBeGreaterThan(6);
    expect(regions.every(({ name }) => name !== "")).toBe(true);
  });

  describe.each([
    { width: 320, dark: false, language: "Français", text: 100 },
    { width: 320, dark: true, language: "English", text: 100 },
    { width: 640, dark: false, language: "English", text: 200 },
    { width: 320, dark: true, language: "Français", text: 200 },
  ])("at $width px, dark: $dark, in $language, with text at $text %", ({ width, dark, language, text }) => {
    it("fits the width and has enough contrast, with and without the dialog", async () => {
      await page.look({ width, dark });
      await page.open(linkOf(await confirmed()));
      await page.read(`document.documentElement.style.fontSize = "${text}%"`);
      if (language === "English") await page.press("English");
      expect(await page.read(sticksOut)).toEqual([]);
      expect(await page.read(faint)).toEqual([]);
      await page.read("[...document.querySelectorAll('button.danger')].at(-1).click()");
      expect(await page.read(sticksOut)).toEqual([]);
      expect(await page.read(faint)).toEqual([]);
    });
  });
});

it("refuses myRequest to a token of another kind", async () => {
  const { errors } = await ask(server, server.formToken, { query: "{ myRequest { reference } }" });
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});

/** Differences in structure between the languages: a text that is missing, or other placeholders. */
const sameShape = `(async () => {
  const { languages } = await import("/ma-demande/words.mjs");
  const shape = (value, path) => {
    if (typeof value === "function") return shape(value("PHONE", "PHONE"), path + "()");
    if (value !== null && typeof value === "object")
      return Object.entries(value).flatMap(([key, inner]) => shape(inner, path + "." + key));
    return [path + " " + (value.match(/\\{\\w+\\}/g) ?? []).join()];
  };
  const [fr, en] = [shape(languages.fr, ""), shape(languages.en, "")];
  return [...fr.filter((one) => !en.includes(one)), ...en.filter((one) => !fr.includes(one))];
})()`;

/** Elements that extend beyond the width of the window. */
const sticksOut = `[...document.querySelectorAll("body, body *")]
  .filter((one) => one.checkVisibility() && !one.closest(".heard-only"))
  .filter((one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).display !== "inline"
    || one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map((one) => one.outerHTML.slice(0, 120))`;

/** Texts whose contrast with their background is below 4.5 (WCAG 2.2, 1.4.3). */
const faint = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = channels(color).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    const color = getComputedStyle(one).backgroundColor;
    return (channels(color)[3] ?? 1) > 0 || !one.parentElement ? color : ground(one.parentElement);
  };
  const contrast = (one) => {
    const [dark, bright] = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => contrast(one) < 4.5)
    .map((one) => contrast(one) + " " + one.outerHTML.slice(0, 120));
})()`;
