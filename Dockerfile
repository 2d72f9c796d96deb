# The node: server and built page in one image. No build step on the server; Node runs the TypeScript directly.
#   docker buildx build --sbom=true --provenance=true .      with a list of all that is in it
FROM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS node

FROM node AS base
ENV PNPM_HOME=/pnpm PATH=/pnpm:$PATH CI=true
WORKDIR /toolchain
COPY cli/toolchain/package.json cli/toolchain/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund && ln -s /toolchain/node_modules/@pnpm/exe.*/pnpm /usr/local/bin/pnpm
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json ./
COPY cli/package.json cli/bootstrap.mjs cli/
COPY protocol/package.json protocol/
COPY local-services/package.json local-services/
COPY server/package.json server/
COPY server/patches server/patches
COPY client/package.json client/
COPY e2e/package.json e2e/
COPY load/package.json load/
COPY docs/package.json docs/

FROM base AS page
RUN pnpm install --frozen-lockfile --filter @flipzon/client...
COPY protocol protocol
COPY client client
RUN pnpm --filter @flipzon/client build

FROM base AS packages
RUN pnpm install --frozen-lockfile --prod --filter-prod @flipzon/server...

FROM node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=packages /app/server/node_modules server/node_modules
COPY --from=packages /app/protocol/node_modules protocol/node_modules
COPY protocol protocol
COPY server server
COPY --from=page /app/client/dist client/dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/src/main.ts"]
