import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { knownVariables as ofLicensing, secretVariables as secretsOfLicensing } from '../../licensing/configuration.ts';
import { readConfiguration } from '../../runtime/configuration/configuration.ts';
import { knownVariables as ofRingflow, secretVariables } from '../../runtime/configuration/environment.ts';
import { type ComposeService, isLasting, networksOf, readCompose } from './compose.ts';
import { readDockerfile } from './dockerfile.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const compose = readCompose();
const keys = { RINGFLOW_SECRET_KEYS: `test:${Buffer.alloc(32).toString('base64')}` };
const services = Object.entries(compose.services);
const lasting = services.filter(([, service]) => isLasting(service));
const named = (test: (service: ComposeService, name: string) => boolean) =>
  services.filter(([name, service]) => test(service, name)).map(([name]) => name);

it('is a compose file', () => {
  const schema = JSON.parse(read('deploy/checks/compose-spec.schema.json')) as { $schema?: string };
  delete schema.$schema; // written in another form than the validator knows it in
  const isValid = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  expect([isValid(compose), isValid.errors]).toEqual([true, null]);
});

describe('to the world', () => {
  it('is only the door, and on this machine alone the stand-in', () => {
    expect(named(({ ports = [] }) => ports.length > 0)).toEqual(['door', 'sandbox-door']);
    expect(compose.services.door?.ports).toEqual(['80:8080', '443:8443']);
    expect(compose.services['sandbox-door']?.ports).toEqual(['127.0.0.1:8090:8090']);
  });

  it('no store has a way, nor Temporal; the door reaches none of them', () => {
    const isInner = (name: string) => compose.networks[name]?.internal === true;
    const withWay = named((service) => !networksOf(service).every(isInner));
    expect(withWay).toEqual(['worker', 'connector', 'api', 'door', 'sandbox-door']);
    expect(networksOf(compose.services.door as ComposeService)).toEqual(['door', 'outside']);
    expect(named((service) => networksOf(service).includes('temporal-store'))).toEqual([
      ...['postgres', 'temporal-schema', 'temporal'],
    ]);
    expect(named((service) => networksOf(service).includes('door'))).toEqual([
      'api',
      'door',
      'temporal-ui',
      'licensing',
    ]);
  });

  it('nobody but the door is believed in whom they ask for', () => {
    const networks = compose.services.door?.networks as Record<string, { ipv4_address?: string }> | undefined;
    const address = networks?.door?.ipv4_address;
    expect(address).toMatch(/^[\d.]+$/);
    expect(compose.services.api?.environment?.TRUSTED_PROXIES).toBe(address);
    expect(compose.services.licensing?.environment?.LICENSING_TRUSTED_PROXIES).toBe(address);
  });
});

describe.each(services)('%s', (name, service) => {
  it('has an image of one release', () => {
    expect(service.image).toMatch(/^(postgres:\d+\.\d+|[\w./-]+:v?\d+\.\d+\.\d+)(-[\w.-]+)?$/);
  });

  it('is no root, and can become nobody else', () => {
    const stage = readDockerfile().find((one) => one.name === service.build?.target);
    expect(service.user ?? stage?.user ?? 'root').not.toMatch(/^(root|0)(:|$)/);
    expect(service).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], read_only: true });
    expect([service.cap_add, service.privileged]).toEqual([undefined, undefined]);
  });

  it('can take neither all memory, nor all processors, nor all of the disk by its log', () => {
    expect(service).toMatchObject({ mem_limit: expect.any(String), cpus: expect.any(Number) });
    expect(service.pids_limit).toBeGreaterThan(0);
    expect(service.logging?.options).toMatchObject({ 'max-size': '10m', 'max-file': '5' });
  });

  it('is asked whether it is well, or is waited for to its end', () => {
    if (isLasting(service)) expect(service.healthcheck?.test.length).toBeGreaterThan(1);
    else {
      const waiting = named(({ depends_on = {} }) => depends_on[name]?.condition === 'service_completed_successfully');
      expect(waiting).not.toEqual([]);
    }
  });

  it('waits for nothing that is not there, or of another profile', () => {
    for (const other of Object.keys(service.depends_on ?? {})) {
      const { profiles } = compose.services[other] ?? { profiles: ['missing'] };
      expect([other, service.profiles ?? profiles]).toEqual([other, profiles ?? service.profiles]);
    }
  });

  it('is handed each file that it names, from one that is there', () => {
    const { environment = {}, secrets = [], configs = [] } = service;
    const texts = [
      ...Object.values(environment),
      ...configs.map(({ source }) => read(compose.configs[source]?.file ?? '')),
    ];
    const files = texts.flatMap((text) => [...text.matchAll(/\/run\/secrets\/(\w+)/g)].map(([, file]) => file));
    expect(files.sort()).toEqual([...secrets].sort());
    for (const secret of secrets) expect(compose.secrets[secret]?.file).toBe(`secrets/${secret}`);
    for (const { source } of configs)
      expect(existsSync(join(root, compose.configs[source]?.file ?? 'none'))).toBe(true);
  });
});

it('tells its images apart by the version of Ringflow', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const own = services.filter(([, { build }]) => build);
  expect(own.filter(([, { image }]) => !image.endsWith(`:${version}`))).toEqual([]);
  const images = new Set(own.map(([, { image, build }]) => `${image} ${build?.target}`));
  expect(images.size).toBe(5);
});

it('lets the worker end what it has begun', () => {
  const [, seconds] = /shutdownGraceTime = '(\d+)s'/.exec(read('workers/worker.ts')) ?? [];
  expect(Number.parseInt(compose.services.worker?.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(
    2 * Number(seconds),
  );
});

describe('each variable', () => {
  const withFiles = (names: readonly string[]) => names.map((name) => `${name}_FILE`);
  const known = [...ofRingflow, ...withFiles(secretVariables), 'NODE_OPTIONS'];
  const knownOfLicensing = [...ofLicensing, ...withFiles(secretsOfLicensing)];
  const namesOf = (name: string) => Object.keys(compose.services[name]?.environment ?? {});

  it.each(['worker', 'connector', 'api', 'schema'])('of %s is one that Ringflow knows', (name) => {
    expect(namesOf(name).filter((variable) => !known.includes(variable))).toEqual([]);
  });

  it.each(['licensing', 'licensing-schema'])('of %s is one that the licensing server knows', (name) => {
    expect(namesOf(name).filter((variable) => !knownOfLicensing.includes(variable))).toEqual([]);
  });

  it.each([
    ['door', ['deploy/Caddyfile', 'deploy/tls/own.caddy']],
    ['redis', ['deploy/redis.sh']],
    ['temporal', ['deploy/temporal/start.sh', 'deploy/temporal/production.yaml']],
    ['sandbox-amocrm', ['sandbox/amocrm/main.ts']],
    ['sandbox-pbx', ['sandbox/pbx/environment.ts']],
  ])('of %s is one that its files ask for', (name, files) => {
    const text = files.map(read).join('\n');
    expect(namesOf(name).filter((variable) => !new RegExp(`\\b${variable}\\b`).test(text))).toEqual([]);
  });

  it('of the sandbox is known to Ringflow or to compose', () => {
    const ofFile = [...read('deploy/sandbox/sandbox.env').matchAll(/^(\w+)=/gm)].map(([, name]) => name ?? '');
    const ofCompose = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '');
    const others = [...ofCompose, 'COMPOSE_PROFILES', 'COMPOSE_PROJECT_NAME'];
    expect(ofFile.filter((name) => ![...known, ...others].includes(name))).toEqual([]);
  });

  it('that is to be set for compose is explained to whoever sets it', () => {
    const ofCompose = new Set([...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? ''));
    ofCompose.delete('RINGFLOW_ENVIRONMENT'); // of the sandbox's file alone
    const explained = read('.env.example');
    expect([...ofCompose].filter((name) => !explained.includes(`${name}=`))).toEqual([]);
  });
});

it('lets the Temporal UI have payloads decrypted at the door, for whoever is signed in there', () => {
  const { environment } = readCompose({ PUBLIC_URL: 'https://ringflow.example.com' }).services['temporal-ui'] ?? {};
  expect(environment).toMatchObject({
    TEMPORAL_CODEC_ENDPOINT: 'https://ringflow.example.com/api/temporal/codec',
    TEMPORAL_CODEC_INCLUDE_CREDENTIALS: 'true',
  });
});

describe('Prometheus', () => {
  const { prometheus } = compose.services;
  const { scrape_configs: jobs } = parse(read(compose.configs['prometheus.yml']?.file ?? '')) as {
    scrape_configs: {
      authorization: { credentials_file: string };
      dns_sd_configs: { names: string[]; port: number }[];
    }[];
  };

  it('reads each part of Ringflow where that tells its metrics, by the token that it was given', () => {
    const told = jobs.flatMap(({ dns_sd_configs: places }) => places.map(({ names, port }) => [names[0], port]));
    const parts = ['worker', 'connector', 'api'] as const;
    const { ports } = readConfiguration({ MYSQL_URL: 'mysql://a@b/c', REDIS_URL: 'redis://d', ...keys }).monitoring;
    expect(told).toEqual(parts.map((part) => [part, ports[part]]));
    for (const part of parts) {
      const { environment, secrets, networks } = compose.services[part] ?? {};
      const token = environment?.MONITORING_TOKEN_FILE;
      expect([environment?.METRICS_HOST, secrets]).toEqual(['0.0.0.0', expect.arrayContaining(['monitoring_token'])]);
      expect(jobs.map(({ authorization }) => authorization.credentials_file)).toEqual([token]);
      expect(networks).toContain('inside');
    }
    expect(prometheus?.secrets).toEqual(['monitoring_token']);
  });

  it('keeps to itself: nothing is published, and it has no way to the world', () => {
    const networks = networksOf(prometheus as ComposeService);
    expect([prometheus?.ports, prometheus?.profiles, networks]).toEqual([
      ...[undefined, ['monitoring']],
      ['inside', 'monitoring'],
    ]);
    expect(networks.every((name) => compose.networks[name]?.internal)).toBe(true);
  });
});

it('keeps what must last in volumes that are named', () => {
  const mounts = lasting.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
  expect(mounts.filter((name) => !(name in compose.volumes))).toEqual([]);
  for (const name of ['mysql', 'redis', 'postgres', 'door']) expect(mounts).toContain(name);
});
