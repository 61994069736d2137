import { DomainError } from '@assay/primitives';
import type { FastifyRequest } from 'fastify';
import { refuseForeignPage, refuseUnsigned } from '../session/same-origin';
import type { Session, Sessions } from '../session/session';

export const sessionExpired = (): DomainError =>
  new DomainError('session_expired', 'the session has ended: sign in again');

const hasOwnCredential = ({ headers }: FastifyRequest): boolean =>
  Boolean(headers.authorization) || Boolean(headers['x-api-key']);

/**
 * The session that a request is sent for. A request that brings a key or token of its own, which no browser adds by itself, is a plain
 * client's: its cookie does not count. @throws DomainError 401, 403
 */
export function sessionOf(request: FastifyRequest, sessions: Sessions): Session | undefined {
  if (hasOwnCredential(request)) return undefined;
  const session = sessions.of(request.headers);
  if (session === 'none') return undefined;
  refuseForeignPage(request);
  if (session === 'expired') throw sessionExpired();
  refuseUnsigned(request, sessions, session);
  return session;
}
