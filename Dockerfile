# Images of Ringflow, a target for each: ringflow (worker, connector, the schema, the command line), api (with the pages,
# what makes mp3, and what copies a database), licensing, sandbox (an amoCRM and a PBX to try with), door (TLS). docker-compose.yml says what runs in which.

FROM node:24.21.0-bookworm-slim AS node
WORKDIR /ringflow

# --- What is needed to build, and what is built -----------------------------------------------------------------------
FROM node AS tools
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund

FROM tools AS built
COPY . .
RUN npm run build-web && npm run build-workflows

# --- What is needed to run ----------------------------------------------------------------------------------------------
FROM node AS packages
COPY package.json package-lock.json ./
# bin/ringflow asks for the Node of the packages
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force && ln -s "$(command -v node)" node_modules/.bin/node

FROM node AS ringflow
ENV NODE_ENV=production
COPY --from=packages /ringflow/node_modules node_modules
COPY --from=built /ringflow/node_modules/.cache/ringflow node_modules/.cache/ringflow
COPY package.json package-lock.json ./
COPY proto proto
COPY activities activities
COPY workflows workflows
COPY runtime runtime
COPY workers workers
COPY api api
COPY licensing licensing
COPY bin/ringflow bin/ringflow-licensing bin/
COPY bin/ringflow-cli bin/ringflow-cli
COPY bin/licensing-cli bin/licensing-cli
COPY bin/database-copy bin/database-copy
COPY bin/stack bin/stack
USER node
CMD ["node", "workers/worker.ts"]

FROM ringflow AS api
USER root
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ffmpeg mariadb-client \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /var/cache/ringflow/recordings
COPY web/widget web/widget
COPY --from=built /ringflow/web/widget/dist web/widget/dist
COPY --from=built /ringflow/web/settings/dist web/settings/dist
USER node
EXPOSE 8080
CMD ["node", "api/main.ts"]

FROM ringflow AS licensing
USER root
RUN apt-get update \
  && apt-get install --yes --no-install-recommends mariadb-client \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /var/lib/ringflow-licensing
COPY deploy/licensing-certificate.ts deploy/
COPY --from=built /ringflow/web/licensing/dist web/licensing/dist
USER node
EXPOSE 8443
CMD ["node", "licensing/main.ts"]

FROM node AS sandbox
COPY --from=tools /ringflow/node_modules node_modules
COPY package.json ./
COPY proto proto
COPY sandbox/access sandbox/access
COPY sandbox/amocrm sandbox/amocrm
COPY sandbox/pbx sandbox/pbx
USER node
CMD ["node", "sandbox/amocrm/main.ts"]

# --- The door -----------------------------------------------------------------------------------------------------------
FROM caddy:2.10.2-alpine AS door
ENV XDG_DATA_HOME=/var/lib/door XDG_CONFIG_HOME=/var/lib/door
# the ports inside are high ones: neither root nor a capability is needed to listen there
RUN setcap -r /usr/bin/caddy && adduser -S -D -H -u 1000 door && install -d -o door /var/lib/door
COPY deploy/Caddyfile /etc/caddy/Caddyfile
COPY deploy/tls /etc/caddy/tls
USER door
EXPOSE 8080 8443
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile"]
