/** Checks the address of a server that a program is given. Only https is accepted, because a key is sent there. */
import { invalid } from "../shared/errors";

export function apiAddress(given: string, usage: string): URL {
  if (!URL.canParse(given))
    throw invalid(`--url must be an address, such as https://leads.example. ${usage}`);
  const url = new URL(given);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && isLocal)) return url;
  throw invalid("--url must begin with https://, because the API key is sent there.");
}
