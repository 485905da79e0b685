import { createAmocrmStandIn } from './create-stand-in.ts';

const { SANDBOX_AMOCRM_PORT: portText = '8090', SANDBOX_AMOCRM_TOKEN: token, SANDBOX_PBX_URL: pbxUrl } = process.env;
/** Where containers share a network of their own, another than this machine alone. */
const { SANDBOX_AMOCRM_HOST: host = '127.0.0.1' } = process.env;
const port = Number(portText);

const complaints = [
  ...(token ? [] : ['SANDBOX_AMOCRM_TOKEN is missing: the bearer token to accept']),
  ...(Number.isInteger(port) && port >= 0 && port < 65536 ? [] : ['SANDBOX_AMOCRM_PORT is not a port']),
  ...(!pbxUrl || /^https?:$/.test(URL.parse(pbxUrl)?.protocol ?? '') ? [] : ['SANDBOX_PBX_URL is not an http address']),
];
if (!token || complaints.length > 0) {
  process.stderr.write(`${complaints.join('\n')}\n`);
  process.exit(2);
}

const app = createAmocrmStandIn({ accessToken: token, seed: true, ...(pbxUrl && { pbxUrl }) });
await app.listen({ host, port });
console.log(`amoCRM stand-in: ${app.listeningOrigin}`);
process.send?.('ready');

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void app.close().then(() => process.disconnect?.());
  });
}
