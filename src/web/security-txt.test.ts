import Fastify from "fastify";
import { addSecurityTxt, type SecurityTxt } from "./security-txt";

const clock = { now: () => new Date("2026-11-30T08:00:00.000Z") };

async function get(options: Pick<SecurityTxt, "contact"> & { publicUrl?: string }) {
  const { contact, publicUrl = "https://leads.example.fr" } = options;
  const app = Fastify();
  addSecurityTxt(app, { contact, publicUrl: () => publicUrl, clock });
  return app.inject("/.well-known/security.txt");
}

describe("/.well-known/security.txt", () => {
  it("names the contact, an expiry within a year, the languages and its own address", async () => {
    const { statusCode, headers, body } = await get({ contact: "mailto:security@leads.example.fr" });
    expect([statusCode, headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(body.split("\n")).toEqual([
      "Contact: mailto:security@leads.example.fr",
      "Expires: 2027-05-29T08:00:00.000Z",
      "Preferred-Languages: fr, en",
      "Canonical: https://leads.example.fr/.well-known/security.txt",
      "",
    ]);
  });

  it("leaves out its address where that is not https", async () => {
    const { body } = await get({
      contact: "https://leads.example.fr/report",
      publicUrl: "http://127.0.0.1:4000",
    });
    expect(body).toMatch(/^Contact: https:\/\/leads\.example\.fr\/report\n/);
    expect(body).not.toContain("Canonical");
  });

  it("is not found without a contact", async () => {
    expect((await get({ contact: null })).statusCode).toBe(404);
  });
});
