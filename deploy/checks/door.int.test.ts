import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../bin/stack/certificate.ts';
import { adaptCaddyfile, checkCaddyfile } from '../../bin/stack/services/caddy.ts';
import { servers } from '../../tests/rig/servers.ts';
import { readCompose } from './compose.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringflow-door-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As docker-compose.yml gives them to the door. */
const given = (variables: Record<string, string> = {}) => ({
  ...readCompose(variables).services.door?.environment,
  ...{ HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
});

it('is a configuration that Caddy takes, with certificates of its own making or of an authority', async () => {
  await checkCaddyfile(servers.caddy, given());
  await checkCaddyfile(servers.caddy, given({ PUBLIC_URL: 'https://ringflow.example.com' }));
});

it('takes a certificate that is brought', async () => {
  const { certFile, keyFile } = await makeCertificate(folder, 'own', '127.0.0.1');
  const files = { DOOR_CERTIFICATE: certFile, DOOR_CERTIFICATE_KEY: keyFile };
  await checkCaddyfile(servers.caddy, { ...given({ DOOR_TLS: 'own' }), ...files });
  const gone = { ...given({ DOOR_TLS: 'own' }), ...files, DOOR_CERTIFICATE: join(folder, 'none.pem') };
  await expect(checkCaddyfile(servers.caddy, gone)).rejects.toThrow('none.pem');
});

interface Route {
  match?: { host?: string[]; path?: string[] }[];
  handle?: { handler: string; routes?: Route[]; upstreams?: { dial: string }[]; rewrite?: { uri: string } }[];
}

/** Where requests go, in the order in which they are asked: each handler that speaks with others. */
function waysOf(routes: readonly Route[]): string[] {
  return routes.flatMap(({ match = [], handle = [] }) => {
    const paths = match.flatMap(({ path = [] }) => path);
    const ways = handle.flatMap(({ routes = [], upstreams = [], rewrite }) => [
      ...upstreams.map(({ dial }) => `${dial}${rewrite?.uri ?? ''}`),
      ...waysOf(routes),
    ]);
    return paths.length > 0 ? ways.map((way) => `${paths.join(' ')} -> ${way}`) : ways;
  });
}

it('leads to the Temporal UI only past the API, and all else to the API', async () => {
  const variables = {
    PUBLIC_URL: 'https://ringflow.example.com',
    LICENSING_PUBLIC_URL: 'https://licensing.example.com',
  };
  const { apps } = (await adaptCaddyfile(servers.caddy, given(variables))) as {
    apps: { http: { servers: Record<string, { listen: string[]; routes: Route[] }> } };
  };
  const sites = Object.values(apps.http.servers).flatMap(({ listen, routes }) =>
    routes.map((route) => [listen[0], route.match?.[0]?.host?.[0], waysOf(route.handle?.[0]?.routes ?? [])]),
  );
  expect(sites).toEqual(
    expect.arrayContaining([
      [
        ...[':8443', 'ringflow.example.com'],
        [
          '/temporal /temporal/* -> api:8080/api/temporal-ui/door',
          '/temporal /temporal/* -> temporal-ui:8080',
          'api:8080',
        ],
      ],
      [':8443', 'licensing.example.com', ['licensing:8443']],
      ['127.0.0.1:8079', '127.0.0.1', []],
    ]),
  );
  expect(sites).toHaveLength(3);
});
