import { readFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { writtenNumber } from "../../people/leads";
import { writtenEmail } from "../../shared/contact-text";
import { columnsText } from "./customer-columns";
import { CustomerFile } from "./customer-file.adapter";
import type { ContactKind } from "../../people/leads";
import { contactHashOf } from "./hash.service";

const key = Buffer.from("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "base64");
const hash = (kind: ContactKind, written: string): string =>
  contactHashOf(key, kind, written).toString("hex");

async function read(text: string | Buffer, chunk = 7): Promise<{ hashes: string[]; file: CustomerFile }> {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const pieces = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) =>
    bytes.subarray(index * chunk, (index + 1) * chunk),
  );
  const file = new CustomerFile(key, "FR");
  const hashes: string[] = [];
  for await (const batch of file.read(Readable.from(pieces))) hashes.push(...batch);
  return { hashes, file };
}

describe("a customer file", () => {
  const email = hash("EMAIL", "zelie@exemple.example");
  const phone = hash("PHONE", "+33199001234");

  it.each([
    ["commas", "email,phone\nZelie@Exemple.example ,01 99 00 12 34\n"],
    [
      "semicolons, a mark at the beginning and French names",
      "\uFEFFNom;Téléphone;Courriel\r\nEssai;0199001234;zelie@exemple.example\r\n",
    ],
    ["tabs and quotes", '"E-Mail"\t"Tel"\n"zelie@exemple.example"\t"+33 1 99 00 12 34"'],
  ])("is read with %s, however it is split into chunks", async (_what, text) => {
    for (const chunk of [1, 7, 1_000]) {
      const { hashes, file } = await read(text, chunk);
      expect(new Set(hashes)).toEqual(new Set([email, phone]));
      expect([file.lines, file.problems]).toEqual([1, []]);
    }
  });

  it("may have only one of the two columns, and lines without one of the values", async () => {
    expect((await read("telephone\n01 99 00 12 34\n")).hashes).toEqual([phone]);
    expect((await read("email,phone\n,01 99 00 12 34\nzelie@exemple.example\n")).hashes).toEqual([
      phone,
      email,
    ]);
  });

  it("reports skipped lines by number, never by content", async () => {
    const { hashes, file } = await read("email,phone\nnobody,12\n\n,\nzelie@exemple.example,0899001122\n");
    expect(hashes).toEqual([email]);
    expect(file.problems).toEqual([
      "line 2: the e-mail is not an address",
      "line 2: the number cannot be read",
      "line 4: neither address nor number",
      "line 5: the number cannot be read",
    ]);
  });

  it("is read in every column of addresses or numbers, and in no other", async () => {
    const text =
      "Nom;Portable;Téléphone;E-mail\nEssai, Zélie;01 99 00 12 34;01 99 00 12 35;zelie@exemple.example\n";
    const { hashes, file } = await read(text);
    expect(new Set(hashes)).toEqual(new Set([email, phone, hash("PHONE", "+33199001235")]));
    expect(file.columns && columnsText(file.columns)).toBe(
      "E-mail addresses are read from “E-mail” (column 4), phone numbers from “Portable” (column 2), “Téléphone” (column 3). Ignored: “Nom”.",
    );
  });

  it("names a kind of contact for which it has no column", async () => {
    const { file } = await read("email\nzelie@exemple.example\n");
    expect(file.columns && columnsText(file.columns)).toBe(
      "E-mail addresses are read from “email” (column 1), phone numbers from no column.",
    );
  });

  it.each<[string, string | Buffer, string]>([
    ["more values than columns", "email,phone\nzelie@exemple.example,\nEssai,Zélie,x\n", "Stopped at line 3"],
    [
      "a quotation mark that is not closed",
      'email\n"zelie@exemple.example\nb@exemple.example\n',
      "not closed",
    ],
    [
      "Latin-1",
      Buffer.from("email;nom\na@exemple.example;a\nb@exemple.example;Z\xe9lie\n", "latin1"),
      "near line 3: it is not UTF-8",
    ],
    ["UTF-16", Buffer.from("\ufeffemail\na@exemple.example\n", "utf16le"), "near line 1: it is not UTF-8"],
    ["zero bytes", "email\na@exemple.example\n\0\n", "Stopped at line 3: it is not text"],
  ])("is not read beyond a place with %s", async (_what, text, message) => {
    for (const chunk of [1, 7, 1_000]) {
      const reading = read(text, chunk);
      await expect(reading).rejects.toThrow(message);
      await expect(reading).rejects.toThrow("nothing was removed from the list");
    }
  });

  it("is split into batches that fit into one call", async () => {
    const lines = Array.from({ length: 2_500 }, (_, index) => `client${String(index)}@exemple.example`);
    const file = new CustomerFile(key, "FR");
    const sizes: number[] = [];
    for await (const batch of file.read(Readable.from([`email\n${lines.join("\n")}`])))
      sizes.push(batch.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2_500);
  });

  it.each([
    ["", "The file is empty"],
    ["nom,prenom\nEssai,Zélie\n", "The first line names no column email or phone"],
  ])("is rejected when it is %j", async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

describe("docs/own-customers.md", () => {
  const text = readFileSync(path.join(__dirname, "../../../docs/own-customers.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(.+?)`\s+\| (EMAIL|PHONE)\s+\| `(.+?)`\s+\| `([0-9a-f]{64})`/gm)];

  it("has vectors that are so", () => {
    expect(text).toContain(key.toString("base64"));
    expect(rows).toHaveLength(4);
    for (const [, given = "", kind, written, hashed] of rows) {
      const own = kind === "EMAIL" ? writtenEmail(given) : writtenNumber(given, "FR");
      expect([own, own && hash(kind as ContactKind, own)]).toEqual([written, hashed]);
    }
  });
});
