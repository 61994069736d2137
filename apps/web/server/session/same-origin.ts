import { DomainError } from '@assay/primitives';
import type { FastifyRequest } from 'fastify';
import type { Session, Sessions } from './session';

export const CSRF_HEADER = 'x-csrf-token';
const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/**
 * A browser adds the cookie whoever wrote the page, and says which page it was. Ports count: another server of this machine is another site
 * here, although its pages are sent the same cookies.
 * @throws DomainError `forbidden`
 */
export function refuseForeignPage({ method, headers }: FastifyRequest): void {
  const { origin, host } = headers;
  const from = headers['sec-fetch-site'];
  // `none`: typed into the address line, which sends no change
  const isOwn = from === undefined || from === 'same-origin' || (from === 'none' && isReading(method));
  if (isOwn && (origin === undefined || hostOf(origin) === host)) return;
  throw new DomainError(
    'forbidden',
    `a request with the session's cookie must come from this server's own pages, came from ${origin ?? `a ${String(from)} page`}`,
  );
}

/** @throws DomainError `forbidden` for a change without the token that `GET /session` tells */
export function refuseUnsigned(request: FastifyRequest, sessions: Sessions, session: Session): void {
  if (isReading(request.method) || sessions.isCsrfToken(session, request.headers[CSRF_HEADER])) return;
  throw new DomainError(
    'forbidden',
    `${CSRF_HEADER} must be the csrf of GET /session, ${request.headers[CSRF_HEADER] === undefined ? 'was not given' : 'was another'}: ask for it again`,
  );
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
