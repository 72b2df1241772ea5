import type { FastifyInstance } from "fastify";

export function addPersonPage(_app: FastifyInstance): void {}
