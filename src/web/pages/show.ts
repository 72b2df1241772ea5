/** Answers with a static page, in the language that the browser asks for. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { languageFor, type Page, type Pages } from "./page";

export function showPages(pages: Pages, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.header("vary", "accept-language");
  return showPage(reply, pages[languageFor(request.headers["accept-language"])]);
}

export function showPage(reply: FastifyReply, { html, contentSecurityPolicy }: Page): FastifyReply {
  void reply.header("content-security-policy", contentSecurityPolicy);
  return reply.type("text/html; charset=utf-8").send(html);
}
