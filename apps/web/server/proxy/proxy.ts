import { CLIENT_HEADER, signedAddress } from '@assay/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wantsPage } from '../pages/pages';
import type { Sessions } from '../session/session';
import type { Upstream, WebSettings } from '../web-settings';
import { sessionExpired, sessionOf } from './credentials';
import { forward } from './forward';

/** The longest that fits wins. One that is `ours` is no part of the service's own paths. */
const PREFIXES: readonly { prefix: string; name: Upstream; ours?: true }[] = [
  { prefix: '/api/v1', name: 'trade' },
  { prefix: '/api', name: 'research' },
  { prefix: '/portfolio', name: 'portfolio', ours: true },
];
const UNAUTHENTICATED = 401;

/** What the services are asked under this server's origin, with the session's token in place of its cookie. */
export function proxyServices(app: FastifyInstance, settings: WebSettings, sessions: Sessions): void {
  const pass = async (
    { name, prefix, ours }: (typeof PREFIXES)[number],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> => {
    const session = sessionOf(request, sessions);
    await forward(request, reply, {
      name,
      origin: settings.services[name],
      prefix: ours ? prefix : '',
      headers: {
        host: settings.services[name].host,
        'x-request-id': request.id,
        [CLIENT_HEADER]: signedAddress(request.ip, settings.secret),
        ...(session ? { authorization: `Bearer ${session.token}` } : {}),
      },
      judge: ({ statusCode }) => {
        if (session && statusCode === UNAUTHENTICATED) throw sessionExpired();
      },
    });
  };
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // the body goes on as it comes
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    for (const service of PREFIXES) {
      const { prefix, name } = service;
      scope.all(`${prefix}/*`, (request, reply) => {
        // the app has a page of that name, and pages below it
        if (name === 'portfolio' && wantsPage(request)) return reply.callNotFound();
        return pass(service, request, reply);
      });
    }
    done();
  });
}
