import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './app-config';

describe('loadConfig', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'assay-config-'));
  });

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const load = (env: Record<string, string> = {}) => loadConfig({ ASSAY_DATA_DIR: dataDir, ...env });

  it('reads no variable that the table of settings does not name', () => {
    const read = new Set<string>();
    const env = new Proxy({ ASSAY_DATA_DIR: dataDir } as NodeJS.ProcessEnv, {
      get(target, name: string) {
        read.add(name);
        return target[name];
      },
    });
    loadConfig(env);
    const documented = readFileSync(join(__dirname, '../../../../docs/ARCHITECTURE.md'), 'utf8');
    expect([...read].filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  });

  it('needs nothing: everything has a default', () => {
    expect(load()).toMatchObject({
      keyPrefix: 'assay',
      streamPrefix: 'assay',
      host: '127.0.0.1',
      ports: { research: 8001, trade: 8000, portfolio: 8002, web: 3000 },
      rateLimitPerMinute: 6000,
      redisUrl: undefined,
      natsUrl: undefined,
    });
    expect(load().artifactUrl).toMatch(/^file:.*artifacts$/);
    expect(load().barCache).toEqual({ directory: join(dataDir, 'bar-cache'), mostBytes: 2 ** 31 });
  });

  it('makes one secret for all services, readable by its owner only', () => {
    const first = load().secret;
    expect(first).toHaveLength(64);
    expect(load().secret).toBe(first);
    expect(readFileSync(join(dataDir, 'secret'), 'utf8')).toBe(first);
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    expect(load({ ASSAY_SECRET: 'given' }).secret).toBe('given');
  });

  it.each([
    ['RESEARCH_PORT', '80a', 'RESEARCH_PORT must be an integer from 0 to 65535, was 80a'],
    ['TRADE_PORT', '70000', 'TRADE_PORT must be an integer from 0 to 65535, was 70000'],
    ['RATE_LIMIT_PER_MINUTE', '0', 'RATE_LIMIT_PER_MINUTE must be an integer from 1'],
    ['ASSAY_BAR_CACHE_MB', 'off', 'ASSAY_BAR_CACHE_MB must be an integer from 0 to 100000000, was off'],
    ['ASSAY_FIT_THREADS', '0', 'ASSAY_FIT_THREADS must be an integer from 1 to 64, was 0'],
    ['REDIS_URL', 'http://x', 'REDIS_URL must start with redis: or rediss:'],
    ['NATS_URL', 'http://x', 'NATS_URL must start with nats: or tls:'],
    ['CORS_ORIGINS', '*', 'CORS_ORIGINS must be origins such as https://app.example.com, was *'],
    ['CORS_ORIGINS', 'https://a.example/', 'CORS_ORIGINS must be origins'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of'],
    ['ASSAY_STREAM_PREFIX', 'a.b', 'ASSAY_STREAM_PREFIX must be letters'],
    ['FEED_CCXT_URLS', 'http://x', 'FEED_CCXT_URLS must be pairs like bybit=https://host, was http://x'],
    ['FEED_CCXT_URLS', 'bybit=file:///x', 'FEED_CCXT_URLS must be an http or https address, was file:///x'],
    ['FEED_ALPACA_URL', 'x', 'FEED_ALPACA_URL must be an http or https address, was x'],
  ])('refuses %s=%s and names it', (name, value, message) => {
    expect(() => load({ [name]: value })).toThrow(message);
  });

  it('does not take an empty URL for a server', () => {
    expect(load({ REDIS_URL: '', NATS_URL: '' })).toMatchObject({ redisUrl: undefined, natsUrl: undefined });
  });
});
