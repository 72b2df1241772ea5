import { writeFileSync } from "node:fs";
import { startTestServer } from "../support/server";
import { must } from "../support/client";
import {
  answers,
  newCampaign,
  newSupplier,
  person,
  preview,
  submit,
  confirmMutation,
} from "../support/journey";
import { Browser } from "./person-page-browser";

it("shoots", async () => {
  const server = await startTestServer();
  let browser: Browser | undefined; try {
  const a = { ...server };
  const suppliers = [];
  for (const name of [
    "Garage des Lilas SAS",
    "Automobiles du Rhône – Établissements Martin-Delacroix et Fils",
    "Concession Part-Dieu",
  ]) {
    const s = await newSupplier(a, { name, paidInclVatCents: name.startsWith("Conc") ? 0 : 120_000_00 });
    suppliers.push(s);
  }
  await newCampaign(a, suppliers[0]!);
  await newCampaign(a, suppliers[1]!);
  await newCampaign(a, suppliers[2]!);
const { token } = await preview(a, {
    answers: answers({
      makes: ["RENAULT", "PEUGEOT"],
      energy: ["ELECTRIC"],
      tradeIn: true,
      wantedBy: "2027-03-31",
      comment: "Je cherche une voiture calme <b>& sobre</b>",
    }),
  });
  const { data, errors } = await submit(a, {
    token,
    contact: person({ phone: "+33612345678" }),
    grants: [
      { purpose: "TRANSMIT", supplierIds: suppliers.map((s) => s.id), channels: ["PHONE", "SMS", "EMAIL"] },
      { purpose: "FEEDBACK_CALL" },
    ],
  });
  if (errors) console.log(JSON.stringify(errors));
  const r = data!["submitLead"];
  browser = await Browser.start();
  const page = await browser.page();
  const shoot = async (name: string) => writeFileSync(`/tmp/shot-${name}.png`, await page.picture());
  await page.look({ width: 900 });
  await page.open(`${server.url}/ma-demande#${r.personalToken}`);
  await shoot("unconfirmed");
  await must(a, server.formToken, {
    query: confirmMutation,
    variables: { input: { reference: r.reference, code: r.demoCode } },
  });
  await new Promise((x) => setTimeout(x, 1500));
  await page.press("Actualiser");
  await page.until("document.querySelector('#content').getAttribute('aria-busy') === 'false'");
  await shoot("fr");
  await page.press("Plus de SMS de Garage des Lilas SAS");
  await shoot("dialog");
  await page.press("Oui, retirer");
  await page.until("document.querySelector('#status').textContent !== ''");
  await page.press("Retirer mon accord pour Automobiles du Rhône – Établissements Martin-Delacroix et Fils");
  await page.look({ width: 320, dark: true });
  await shoot("dialog-narrow-dark");
  await page.press("Oui, retirer");
  await page.until("!document.querySelector('dialog').open");
  await page.press("English");
  await shoot("en-narrow-dark");
  await page.look({ width: 900, dark: false });
  await page.press("Withdraw everything");
  await page.press("Yes, withdraw");
  await page.until("document.querySelector('#nothing-left')");
  await shoot("all-en");
  await page.look({ width: 900, dark: true });
  await page.open("about:blank").catch(() => 0);
  console.log(page.complaints, page.addresses);
  } finally { await browser?.stop();
  await server.stop(); }
}, 60000);
