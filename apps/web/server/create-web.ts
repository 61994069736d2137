import { answerClientError, requestId, SECURITY_HEADERS } from '@assay/platform';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { fastify } from 'fastify';
import { refuseForeignHost } from './host-check';
import { BROWSER_HEADERS } from './pages/page-headers';
import { serveDocs } from './pages/docs';
import { servePages } from './pages/pages';
import { answerProblem } from './problem-answer';
import { proxyServices } from './proxy/proxy';
import { ServiceHealth } from './session/health';
import { Sessions } from './session/session';
import { serveSession } from './session/session-routes';
import type { WebSettings } from './web-settings';

/** As the services: a whole request, a file of any length included, must have arrived by then; and a connection on which nothing moves. */
const REQUEST_MS = 3_600_000;
const IDLE_MS = 60_000;

const logger = (level: string) => ({
  level,
  base: { service: 'web', pid: process.pid },
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  serializers: {
    req: ({ id, method, url }: { id: string; method: string; url: string }) => ({ id, method, url: url.split('?')[0] }),
  },
});

/** Of every answer. */
const headersOf = (id: string): Record<string, string> => ({
  ...SECURITY_HEADERS,
  ...BROWSER_HEADERS,
  'x-request-id': id,
});

/** The server of the pages: the app's files, the session of a browser, and the services under one origin. */
export function createWeb(settings: WebSettings): FastifyInstance {
  const app = fastify({
    logger: logger(settings.logLevel),
    disableRequestLogging: true,
    genReqId: requestId,
    requestTimeout: REQUEST_MS,
    connectionTimeout: IDLE_MS,
    forceCloseConnections: true,
    trustProxy: settings.trustedProxies.length > 0 ? settings.trustedProxies : false,
    clientErrorHandler: answerClientError,
    // no hook has run for these
    frameworkErrors: (error, request, reply) =>
      void answerProblem(error, request, reply.headers(headersOf(request.id)) as FastifyReply),
  }) as unknown as FastifyInstance;
  const sessions = new Sessions(settings.secret, settings.port);
  const health = new ServiceHealth(settings.services);

  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headersOf(request.id));
    refuseForeignHost(request, settings.allowedHosts);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    // a service that is away says so itself
    const level = statusCode === 500 ? 'warn' : statusCode >= 400 ? 'info' : 'debug';
    request.log[level]({ req: request, status: statusCode, ms: Math.round(reply.elapsedTime) }, 'request completed');
    done();
  });

  app.get('/health', async () => ({ status: 'ok', service: 'web', services: await health.states() }));
  serveDocs(app);
  serveSession(app, settings, sessions, health);
  proxyServices(app, settings, sessions);
  servePages(app, settings.pages);
  return app;
}
