/** The address of a server, as a program is given it: a key goes there, so nobody may read along. */
import { invalid } from "../shared/errors";

export function apiAddress(given: string, usage: string): URL {
  if (!URL.canParse(given)) throw invalid(`--url is an address, such as https://leads.example. ${usage}`);
  const url = new URL(given);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && isLocal)) return url;
  throw invalid("--url must begin with https://: the key of the API goes there.");
}
