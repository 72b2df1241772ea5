import { guessFormat } from "./statement-format";

const oldBalance = "0130004    00828EUR2 00012345678  301126".padEnd(120, " ");

it.each([
  ["an XML declaration", '<?xml version="1.0"?><Document>', "CAMT053"],
  ["a byte order mark before XML", "\uFEFF\n<Document xmlns=", "CAMT053"],
  ["records of 120 characters in lines", `${oldBalance}\r\n04`, "CFONB120"],
  ["records of 120 characters without line breaks", `${oldBalance}0430004`, "CFONB120"],
  ["the headings of a table", "Date;Libellé;Débit;Crédit\n", "CSV"],
  ["a day as the first cell", "01/11/2026;VIR;12,00\n", "CSV"],
])("a file that begins with %s is taken for what it is", (_, beginning, format) => {
  expect(guessFormat(beginning)).toBe(format);
});
