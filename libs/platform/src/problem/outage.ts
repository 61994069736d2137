import { isDomainError } from '@assay/primitives';

/** PostgreSQL: lost and refused connections, shut down, too many clients, out of disk or memory, server faults, time limits, lost races. */
const SQL_STATE = /^(08...|53...|57P0[1235]|57014|58...|25P0[34]|55P03|40001|40P01)$/;

/** Sockets, names, this machine's own limits, the pool's, and locks that others hold or that went with their session. */
const SYSTEM = new Set([
  'POOL_EXHAUSTED',
  'LOCK_BUSY',
  'LOCK_LOST',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EMFILE',
  'ENFILE',
  'ENOSPC',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** The NATS client gives its codes to its own errors only. */
const NATS = new Set([
  '503',
  'CONNECTION_CLOSED',
  'CONNECTION_DRAINING',
  'CONNECTION_REFUSED',
  'CONNECTION_TIMEOUT',
  'DISCONNECT',
  'TIMEOUT',
]);

/** What the clients of PostgreSQL and Redis throw without a code. */
const TEXTS = [
  /^Connection terminated/,
  /^timeout exceeded when trying to connect$/,
  /^timeout expired$/,
  /^Query read timeout$/,
  /^Client has encountered a connection error and is not queryable$/,
  /^Client was closed and is not queryable$/,
  /^Connection is closed\.?$/,
  /^Stream isn't writeable/,
  /^Reached the max retries per request limit/,
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN) /,
];

const MAX_DEPTH = 5;

interface Thrown {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  driverError?: unknown;
  errors?: unknown;
}

/**
 * Whether the fault lies with what the code runs on, and not with what it was asked to do: connections to PostgreSQL, Redis, NATS or
 * another server lost or refused, time limits, exhausted pools. Repeating later may help; the caller is not to blame.
 */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { name, code, message, cause, driverError, errors } = error as Thrown;
  if (isDomainError(error)) return false;
  if (typeof code === 'string') {
    if (SQL_STATE.test(code) || SYSTEM.has(code)) return true;
    if (name === 'NatsError' && NATS.has(code)) return true;
  }
  if (typeof message === 'string' && TEXTS.some((text) => text.test(message))) return true;
  const within = [driverError, cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return within.some((inner) => isOutage(inner, depth + 1));
}
