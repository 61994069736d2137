import type { ServiceName } from '@assay/persistence';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { AssayValidationPipe } from '../dto';
import { startEvents } from '../events/event-transport';
import { JobWorker } from '../jobs/job-worker';
import { useIdempotency } from '../idempotency/idempotency';
import { ProblemFilter } from '../problem';
import { announce } from './announce';
import { useBodyParsers } from './body-parsers';
import { answerClientError } from './client-errors';
import { useCors } from './cors';
import { DeclaredInput } from './declared-input';
import { serveApiDocs } from './docs/api-docs';
import { useEdge } from './edge';
import { endWithLauncher } from './end-with-launcher';
import { requestId } from './request-id';
import { SECURITY_HEADERS } from './security-headers';
import type { AppRoot } from './root-module';
import { RootModule } from './root-module';

/** What fails while the application is made is thrown to the caller, who says it in one line; Nest would print it and exit. */
const QUIET = { bufferLogs: true, autoFlushLogs: false, abortOnError: false } as const;

export interface HttpAppOptions {
  service: ServiceName;
  /** `api`, `api/v1`, or empty. */
  globalPrefix: string;
  /** Also runs this app's `@EventPattern` handlers. */
  events?: boolean;
  /** False: initialised but without a port (tests use `inject`). */
  listen?: boolean;
}

/** What every HTTP service has in common, whether it listens or only describes itself. */
export function applyHttpConventions(app: NestFastifyApplication, globalPrefix: string): void {
  if (globalPrefix) app.setGlobalPrefix(globalPrefix);
  app.useGlobalPipes(new AssayValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(new DeclaredInput());
}

/** A whole request, a file of any length included, must have arrived by then. */
const REQUEST_MS = 3_600_000;
/** A connection on which nothing moves; who does not read a long answer is ended sooner. */
const IDLE_MS = 60_000;
/** Node's limit for the head of a request is below: whatever arrives is a parameter, and is judged as one. */
const MOST_PARAMETER = 32_768;

const httpAdapter = (): FastifyAdapter =>
  new FastifyAdapter({
    genReqId: requestId,
    routerOptions: { maxParamLength: MOST_PARAMETER },
    requestTimeout: REQUEST_MS,
    connectionTimeout: IDLE_MS,
    forceCloseConnections: true,
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers({ 'x-request-id': String(request.id), ...SECURITY_HEADERS });
      new ProblemFilter().answer(error, request, reply);
    },
  });

/** An HTTP service, listening on the port of its environment variable. */
export async function createHttpApp(root: AppRoot, options: HttpAppOptions): Promise<NestFastifyApplication> {
  const { service, globalPrefix, events = false, listen = true } = options;
  const started: { app?: INestApplication } = {};
  if (listen) endWithLauncher(started);
  const module = RootModule.http(root, service);
  const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(), {
    ...QUIET,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  app.flushLogs();
  started.app = app;
  useBodyParsers(app);
  useCors(app, app.get<AppConfig>(CONFIG).corsOrigins);
  useEdge(app);
  useIdempotency(app);
  applyHttpConventions(app, globalPrefix);
  serveApiDocs(app.getHttpAdapter().getInstance(), { path: '/docs', document: '/openapi.json', service });
  if (listen) app.enableShutdownHooks();
  const { ports, host } = app.get<AppConfig>(CONFIG);
  await closingOnFailure(app, async () => {
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    if (events) await startEvents(app, service);
    if (listen) await app.listen(ports[service], host);
  });
  if (!listen) return app;
  const address = app.getHttpServer().address() as { port: number };
  announce(service, {
    port: address.port,
    url: `http://${host}:${address.port}${globalPrefix ? `/${globalPrefix}` : ''}`,
  });
  return app;
}

export interface WorkerAppOptions {
  service: 'research' | 'trade';
  /** Runs the service's `@EventPattern` handlers; default true. */
  events?: boolean;
  listen?: boolean;
}

/** A worker process: jobs, schedules and events, no port. */
export async function createWorkerApp(root: AppRoot, options: WorkerAppOptions): Promise<INestApplication> {
  const { service, events = true, listen = true } = options;
  const started: { app?: INestApplication } = {};
  if (listen) endWithLauncher(started);
  const app = await NestFactory.create(RootModule.worker(root, service), httpAdapter(), QUIET);
  app.useLogger(app.get(Logger));
  app.flushLogs();
  started.app = app;
  if (listen) app.enableShutdownHooks();
  await closingOnFailure(app, async () => {
    // Before anything runs: a worker without its handlers must not touch a queue.
    app.get(JobWorker, { strict: false }).start();
    await app.init();
    if (events) await startEvents(app, service);
  });
  if (listen) announce(`${service}-worker`, {});
  return app;
}

/** A service that cannot start must not leave connections behind that keep its process alive. */
async function closingOnFailure(app: INestApplication, start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
}
