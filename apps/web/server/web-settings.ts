import { join } from 'node:path';
import { ConfigurationError, type AppConfig } from '@assay/platform';

export type Upstream = 'research' | 'trade' | 'portfolio';
export const UPSTREAMS: readonly Upstream[] = ['trade', 'research', 'portfolio'];

export interface WebSettings {
  port: number;
  host: string;
  /** Names, with or without a port, that a browser may call this server by. */
  allowedHosts: string[];
  /** Addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto count. */
  trustedProxies: string[];
  /** Origins of the services. */
  services: Record<Upstream, URL>;
  secret: string;
  /** Folder of the built pages. */
  pages: string;
  logLevel: string;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const WILDCARDS = new Set(['0.0.0.0', '::', '']);
/** `dist/web`, as seen from the built file. */
const PAGES = join(__dirname, '../../../web');

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean);

/** @throws ConfigurationError that names the variable */
export function webSettings(config: AppConfig, env: NodeJS.ProcessEnv = process.env): WebSettings {
  const { host, ports, secret, logLevel } = config;
  const isWildcard = WILDCARDS.has(host);
  const service = (name: Upstream): URL => {
    const variable = `${name.toUpperCase()}_URL`;
    const text = env[variable] || `http://${isWildcard ? '127.0.0.1' : hostInUrl(host)}:${ports[name]}`;
    if (!URL.canParse(text) || !text.startsWith('http:')) {
      throw new ConfigurationError(`${variable} must be an http address such as http://trade:8000, was ${text}`);
    }
    return new URL(text);
  };
  return {
    port: ports.web,
    host,
    allowedHosts: [...LOOPBACK, ...(isWildcard ? [] : [hostInUrl(host).toLowerCase()]), ...listOf(env.WEB_HOSTS)],
    trustedProxies: listOf(env.WEB_TRUSTED_PROXIES),
    services: { research: service('research'), trade: service('trade'), portfolio: service('portfolio') },
    secret,
    pages: env.WEB_PAGES || PAGES,
    logLevel,
  };
}

const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
