import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { includes } from '../../src/shared/address-list.ts';
import { inRepository, readRepository, readYaml } from '../_support/repository.ts';

interface Service {
  image?: string;
  build?: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  healthcheck?: { test: string[] };
  /** Null: as the shell that runs Compose has it. */
  environment?: Record<string, string | number | null>;
  volumes?: string[];
  networks?: string[];
  depends_on?: Record<string, { condition: string }>;
}

const compose = readYaml<{
  services: Record<string, Service>;
  volumes: Record<string, null>;
  networks: Record<string, { internal?: boolean } | null>;
}>('docker-compose.yml');
const services = Object.entries(compose.services);
const node = compose.services.node as Service;

describe('docker-compose.yml', () => {
  it('is a Compose file, by the schema of the Compose Specification', () => {
    const file = createRequire(import.meta.url).resolve('dclint/package.json');
    const schema = JSON.parse(readFileSync(new URL('schemas/compose.schema.json', `file://${file}`), 'utf8'));
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile({
      ...schema,
      $schema: 'http://json-schema.org/draft-07/schema#',
    });
    expect(validate(compose), JSON.stringify(validate.errors)).toBe(true);
    expect(
      validate({ ...compose, services: { ...compose.services, node: { ...node, helthcheck: {} } } }),
    ).toBe(false);
  });

  it.each(services)(
    '%s says how it is, writes to its volumes only, and can not become more than it is',
    (_, service) => {
      expect(service.healthcheck?.test.length).toBeGreaterThan(1);
      expect(service.read_only).toBe(true);
      expect(service.cap_drop).toEqual(['ALL']);
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
      expect(service.image ?? 'built:here').not.toMatch(/^[^:]+$|:latest$/);
    },
  );

  it('waits for services that exist until they are healthy, and mounts what exists', () => {
    for (const [, { depends_on = {}, volumes = [], networks = [] }] of services) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(compose.services[name]?.healthcheck).toBeDefined();
        expect(condition).toBe('service_healthy');
      }
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        expect(source.startsWith('./') ? existsSync(inRepository(source)) : source in compose.volumes).toBe(
          true,
        );
      }
      for (const network of networks) expect(compose.networks).toHaveProperty(network);
    }
  });

  it('keeps the stores where only nodes reach them', () => {
    expect(compose.networks.stores).toEqual({ internal: true });
    const near = services
      .filter(([, { networks = [] }]) => networks.includes('stores'))
      .map(([name]) => name);
    expect(near.sort()).toEqual(['mongodb', 'node', 'redis']);
    for (const store of ['mongodb', 'redis']) expect(compose.services[store]?.networks).toEqual(['stores']);
  });

  /** As Compose fills it in, where nothing but the key is set. */
  const environmentOfNode = (): Record<string, string> => {
    const given = { JWT_SECRET: 'x'.repeat(32) } as Record<string, string>;
    return Object.fromEntries(
      Object.entries(node.environment ?? {}).flatMap(([name, value]) =>
        value === null
          ? []
          : [
              [
                name,
                String(value).replace(
                  /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
                  (_, of: string, fallback = '') => given[of] ?? fallback,
                ),
              ],
            ],
      ),
    );
  };

  it('gives the nodes an environment that they accept', () => {
    const environment = environmentOfNode();
    const result = readConfig(environment);
    expect(result).toMatchObject({
      ok: true,
      config: { REDIS_URL: ['redis://nodes:nodes@redis:6379'], DEMO_LOGIN: false },
    });
    const known = Object.keys(result.ok ? result.config : {});
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('passes on every variable that an operator can set, but for those that follow from the file', () => {
    const decided = ['ALLOW_UNSAFE_REDIS', 'DATA_DIR', 'HOST', 'MONGODB_DATABASE', 'NODES', 'PORT'];
    const ofTheImage = ['REHEARSAL_PROGRAM', 'TRANSPORTS'];
    const all = [...readRepository('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(all.length).toBeGreaterThan(60);
    const given = Object.keys(node.environment ?? {});
    expect([...given, ...decided, ...ofTheImage].sort()).toEqual(all.sort());
  });

  it('has the nodes believe only the balancer about clients’ addresses', () => {
    const result = readConfig(environmentOfNode());
    const trusted = result.ok ? result.config.TRUSTED_PROXIES : null;
    // What Docker takes its networks from.
    for (const address of ['172.18.0.3', '172.31.0.2', '192.168.16.2', '10.5.0.2'])
      expect(trusted && includes(trusted, address), address).toBe(true);
    for (const address of ['203.0.113.1', '8.8.8.8'])
      expect(trusted && includes(trusted, address)).toBe(false);
    expect(node).not.toHaveProperty('ports');
  });
});

describe('Dockerfile', () => {
  const dockerfile = readRepository('Dockerfile');

  it('copies what exists, and the manifest of every package of the workspace', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
    expect(copied.length).toBeGreaterThan(8);
    expect(copied.filter((path) => !existsSync(inRepository(path)))).toEqual([]);
    const { packages } = readYaml<{ packages: string[] }>('pnpm-workspace.yaml');
    expect(packages.filter((name) => !copied.includes(`${name}/package.json`))).toEqual([]);
  });

  it('does not run as root', () => {
    expect(dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))).toMatch(/^USER (?!root)\w+$/m);
  });
});
