import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '@assay/persistence';
import { feedSettings, listOf, type FeedSettings } from './feed-settings';

export interface AppConfig {
  dataDir: string;
  redisUrl?: string;
  natsUrl?: string;
  /** Where artifacts are kept: `file:///…`. */
  artifactUrl: string;
  /** First token of queue names and Redis keys. */
  keyPrefix: string;
  /** NATS stream and durable names and, when it is not `assay`, the first token of subjects. */
  streamPrefix: string;
  host: string;
  ports: { research: number; trade: number; portfolio: number; web: number };
  /** Signs tokens. */
  secret: string;
  rateLimitPerMinute: number;
  /** Most requests of one process that are not answered to the last byte. */
  maxOpenRequests: number;
  /** Of them, those worked on at the same time. */
  maxActiveRequests: number;
  /** Longest time that a request waits for a place at work before it is refused with 503: shorter than what a caller takes for a hang. */
  requestWaitMs: number;
  /** Most bytes of a file that goes to disk as it comes. */
  maxUploadBytes: number;
  /** Origins besides the service's own whose pages may send its cookie. */
  allowedOrigins: string[];
  /** Origins whose pages may read answers, with a key or token of their own. */
  corsOrigins: string[];
  feeds: FeedSettings;
  /** Files of stored bars that long reads are served from; 0 bytes: none. */
  barCache: { directory: string; mostBytes: number };
  /** Most threads that one fit of a model, or one judgement of a ledger, may use. */
  fitThreads: number;
  /** How long a process may leave the questions of its launcher unanswered before that kills it. */
  watchMs: number;
  logLevel: string;
}

export const CONFIG = Symbol('CONFIG');

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** A whole number of the environment. @throws ConfigurationError that names the variable, its bounds and the value */
export function integer(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new ConfigurationError(`${name} must be an integer from ${min} to ${max}, was ${text}`);
  }
  return value;
}

function url(env: NodeJS.ProcessEnv, name: string, protocols: string[]): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (!protocols.some((protocol) => text.startsWith(`${protocol}:`))) {
    throw new ConfigurationError(`${name} must start with ${protocols.map((p) => `${p}:`).join(' or ')}`);
  }
  if (!URL.canParse(text)) {
    throw new ConfigurationError(
      `${name} must be a URL like ${protocols[0]}://host:port, with special characters of a password written as %XX`,
    );
  }
  return text;
}

/** @throws ConfigurationError for anything but one origin, as a browser sends it */
function origin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)) return text;
  throw new ConfigurationError(`CORS_ORIGINS must be origins such as https://app.example.com, was ${text}`);
}

/** All services of an installation share the secret: from ASSAY_SECRET, or a file of mode 0600 that the first one creates. */
function sharedSecret(env: NodeJS.ProcessEnv, dataDir: string): string {
  if (env.ASSAY_SECRET) return env.ASSAY_SECRET;
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8');
}

/**
 * Reads the environment once.
 *
 * @throws Error that names the variable, the rule and the value
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): AppConfig {
  const dataDir = resolve(env.ASSAY_DATA_DIR ?? '.assay');
  const logLevel = env.LOG_LEVEL ?? 'info';
  if (!LOG_LEVELS.includes(logLevel))
    throw new ConfigurationError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, was ${logLevel}`);
  const streamPrefix = env.ASSAY_STREAM_PREFIX ?? 'assay';
  if (!/^[A-Za-z0-9_-]+$/.test(streamPrefix)) {
    throw new ConfigurationError(`ASSAY_STREAM_PREFIX must be letters, digits, _ and -, was ${streamPrefix}`);
  }
  return {
    dataDir,
    redisUrl: url(env, 'REDIS_URL', ['redis', 'rediss']),
    natsUrl: url(env, 'NATS_URL', ['nats', 'tls']),
    artifactUrl: url(env, 'ARTIFACT_URL', ['file', 's3']) ?? pathToFileURL(join(dataDir, 'artifacts')).href,
    keyPrefix: env.ASSAY_KEY_PREFIX ?? 'assay',
    streamPrefix,
    host: env.HOST ?? '127.0.0.1',
    ports: {
      research: integer(env, 'RESEARCH_PORT', 8001, 0, 65535),
      trade: integer(env, 'TRADE_PORT', 8000, 0, 65535),
      portfolio: integer(env, 'PORTFOLIO_PORT', 8002, 0, 65535),
      web: integer(env, 'WEB_PORT', 3000, 0, 65535),
    },
    secret: sharedSecret(env, dataDir),
    rateLimitPerMinute: integer(env, 'RATE_LIMIT_PER_MINUTE', 6000, 1, 1_000_000_000),
    maxOpenRequests: integer(env, 'MAX_OPEN_REQUESTS', 2000, 1, 1_000_000),
    maxActiveRequests: integer(env, 'MAX_ACTIVE_REQUESTS', 32, 1, 100_000),
    requestWaitMs: integer(env, 'REQUEST_WAIT_MS', 4_000, 1, 600_000),
    maxUploadBytes: integer(env, 'MAX_UPLOAD_BYTES', 2 * 1024 ** 3, 1, 2 ** 40),
    allowedOrigins: listOf(env.ALLOWED_ORIGINS),
    corsOrigins: listOf(env.CORS_ORIGINS).map(origin),
    feeds: feedSettings(env, dataDir),
    barCache: {
      directory: resolve(env.ASSAY_BAR_CACHE_DIR ?? join(dataDir, 'bar-cache')),
      mostBytes: integer(env, 'ASSAY_BAR_CACHE_MB', 2048, 0, 100_000_000) * 2 ** 20,
    },
    fitThreads: integer(env, 'ASSAY_FIT_THREADS', availableParallelism(), 1, 64),
    watchMs: integer(env, 'ASSAY_WATCH_MS', 60_000, 1_000, 3_600_000),
    logLevel,
  };
}
