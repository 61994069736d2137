import { CLIENT_HEADER, hasScope, SCOPES, signedAddress } from '@assay/platform';
import { DomainError } from '@assay/primitives';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sessionExpired } from '../proxy/credentials';
import type { WebSettings } from '../web-settings';
import { askOneOf, type Answer, type Question } from './ask-service';
import type { ServiceHealth } from './health';
import { refuseForeignPage, refuseUnsigned } from './same-origin';
import type { Session, Sessions } from './session';

const BODY_BYTES = 16_384;
const OK = 200;
const UNAUTHENTICATED = 401;

/** Behind something that speaks TLS for this server, the page still says how it was loaded. */
const isSecure = ({ protocol, headers }: FastifyRequest): boolean =>
  protocol === 'https' || (headers.origin ?? '').startsWith('https:');

const passOn = (reply: FastifyReply, { status, body }: Answer): FastifyReply =>
  reply.status(status).type('application/problem+json').send(JSON.stringify(body));

/** `/session`: sign in, who is signed in, sign out. */
export function serveSession(
  app: FastifyInstance,
  settings: WebSettings,
  sessions: Sessions,
  health: ServiceHealth,
): void {
  const { trade, research } = settings.services;
  const askUsers = (request: FastifyRequest, question: Omit<Question, 'headers'>, token?: string): Promise<Answer> => {
    const headers = {
      'x-request-id': request.id,
      [CLIENT_HEADER]: signedAddress(request.ip, settings.secret),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
    return askOneOf([
      [trade, { ...question, headers, path: `/api/v1${question.path}` }],
      [research, { ...question, headers, path: `/api${question.path}` }],
    ]);
  };

  /** @throws DomainError `session_expired` where its token no longer works */
  const describe = async (request: FastifyRequest, session: Session): Promise<object> => {
    const [me, services] = await Promise.all([
      askUsers(request, { method: 'GET', path: '/auth/me' }, session.token),
      health.states(),
    ]);
    if (me.status === UNAUTHENTICATED) throw sessionExpired();
    if (me.status !== OK) throw new DomainError('unavailable', String(me.body.detail), { retry_after_s: 3 });
    const scopes = me.body.scopes as string[];
    return {
      user: me.body.username,
      user_id: me.body.id,
      role: me.body.role,
      scopes: SCOPES.filter((scope) => hasScope(scopes, scope)),
      csrf: sessions.csrfToken(session),
      expires_at: new Date(session.expiresAt * 1_000).toISOString(),
      services,
    };
  };

  const isEnded = (request: FastifyRequest, session: Session): Promise<boolean> =>
    askUsers(request, { method: 'DELETE', path: '/auth/token' }, session.token).then(
      ({ status }) => status < 500,
      () => false,
    );

  app.post('/session', { bodyLimit: BODY_BYTES }, async (request, reply) => {
    refuseForeignPage(request);
    const answer = await askUsers(request, { method: 'POST', path: '/auth/token', body: bodyOf(request) });
    if (answer.status !== OK) return passOn(reply, answer);
    const session = sessions.begin(String(answer.body.access_token), Number(answer.body.expires_in));
    void reply.header('set-cookie', sessions.cookie(session, isSecure(request)));
    return describe(request, session);
  });

  app.get('/session', async (request, reply) => {
    const session = sessions.of(request.headers);
    if (session === 'none') throw new DomainError('unauthenticated', 'nobody is signed in here: sign in first');
    refuseForeignPage(request);
    try {
      if (session === 'expired') throw sessionExpired();
      return await describe(request, session);
    } catch (error) {
      if ((error as DomainError).code === 'session_expired') {
        void reply.header('set-cookie', sessions.endCookie(isSecure(request)));
      }
      throw error;
    }
  });

  app.delete('/session', async (request, reply) => {
    const session = sessions.of(request.headers);
    if (session === 'none') return reply.status(204).send();
    refuseForeignPage(request);
    if (session !== 'expired') refuseUnsigned(request, sessions, session);
    void reply.header('set-cookie', sessions.endCookie(isSecure(request)));
    if (session !== 'expired' && !(await isEnded(request, session))) throw notEnded(session);
    return reply.status(204).send();
  });
}

const notEnded = (session: Session): DomainError =>
  new DomainError(
    'unavailable',
    `this browser is signed out, but no service could be told: the session itself ends at ${new Date(session.expiresAt * 1_000).toISOString()}`,
    { retry_after_s: 3 },
  );

/** @throws DomainError 422 */
function bodyOf({ body }: FastifyRequest): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new DomainError('malformed_json', 'the body must be a JSON object with username and password, or code');
}
