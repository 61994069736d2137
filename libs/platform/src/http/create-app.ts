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
import { useBodyParsers } from './body-parsers';
import { answerClientError } from './client-errors';
import { DeclaredInput } from './declared-input';
import { requestId, useEdge } from './edge';
import { SECURITY_HEADERS } from './security-headers';
import type { AppRoot } from './root-module';
import { RootModule } from './root-module';

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

/** A whole request, its body included, must have arrived by then. */
const REQUEST_MS = 120_000;
/** A connection on which nothing moves, such as that of a reader who does not read. */
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
  const module = RootModule.http(root, service);
  const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(), {
    bufferLogs: true,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  useBodyParsers(app);
  useEdge(app);
  useIdempotency(app);
  applyHttpConventions(app, globalPrefix);
  if (listen) closeWithLauncher(app);
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
  const app = await NestFactory.create(RootModule.worker(root, service), httpAdapter(), { bufferLogs: true });
  app.useLogger(app.get(Logger));
  if (listen) closeWithLauncher(app);
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

/** Ends cleanly on a signal, and also when the launcher is gone, so that no service is left behind. */
function closeWithLauncher(app: INestApplication): void {
  app.enableShutdownHooks();
  process.once('disconnect', () => {
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

function announce(name: string, facts: { port?: number; url?: string }): void {
  process.stdout.write(
    `${JSON.stringify({ level: 30, time: new Date().toISOString(), service: name, msg: 'ready', ...facts })}\n`,
  );
  process.send?.({ type: 'ready', name, ...facts });
}
