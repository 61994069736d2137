import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { CSRF_HEADER } from '../session/same-origin';

/** Of one connection, not of the message. */
const HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
/** What a browser adds for this server is no matter of the services, the cookie least of all. */
const OURS = new Set(['host', 'cookie', 'origin', 'referer', CSRF_HEADER, 'x-assay-client', 'x-request-id']);
const isForwarded = (name: string): boolean => name.startsWith('x-forwarded-') || name.startsWith('sec-fetch-');

/** The names that `connection` lists are of that connection too. */
const listed = ({ connection }: IncomingHttpHeaders): Set<string> =>
  new Set((connection ?? '').split(',').map((name) => name.trim().toLowerCase()));

export function requestHeaders(headers: IncomingHttpHeaders, more: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const ofConnection = listed(headers);
  const kept = Object.entries(headers).filter(
    ([name]) => !HOP.has(name) && !OURS.has(name) && !isForwarded(name) && !ofConnection.has(name),
  );
  // a body of unknown length goes on as such
  const encoding = headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' };
  return { ...Object.fromEntries(kept), ...encoding, ...more };
}

/** A service's own cookie would be a token that lies open in the browser. */
export function answerHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const ofConnection = listed(headers);
  const kept = Object.entries(headers).filter(
    ([name]) => !HOP.has(name) && name !== 'set-cookie' && !ofConnection.has(name),
  );
  return { ...Object.fromEntries(kept), ...(ofConnection.has('close') ? { connection: 'close' } : {}) };
}
