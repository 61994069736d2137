import type { ServiceName } from '@assay/persistence';
import { databaseSettings } from '@assay/persistence';
import type { ArgumentsHost, ExceptionFilter, INestApplication } from '@nestjs/common';
import { Catch } from '@nestjs/common';
import type { CustomTransportStrategy, NestMicroservice } from '@nestjs/microservices';
import type { Observable } from 'rxjs';
import { throwError } from 'rxjs';
import { DataSource } from 'typeorm';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { NatsTransport } from './nats-transport';
import { PostgresTransport } from './postgres-transport';

/** Which bus carries the events is decided here and nowhere else. */
export function eventTransport(
  service: ServiceName,
  config: AppConfig,
  dataSource: DataSource,
): CustomTransportStrategy {
  if (config.natsUrl) {
    return new NatsTransport({ service, dataSource, nats: { url: config.natsUrl, streamPrefix: config.streamPrefix } });
  }
  return new PostgresTransport({ service, dataSource, url: databaseSettings().url });
}

/** Nest would replace a handler's error by a text; the dispatcher must see the error itself. */
@Catch()
class PassOn implements ExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

/** Connects the `@EventPattern` handlers of `app`, which is initialised, to the bus. */
export async function startEvents(app: INestApplication, service: ServiceName): Promise<void> {
  const strategy = eventTransport(service, app.get<AppConfig>(CONFIG), app.get(DataSource));
  const microservice = app.connectMicroservice({ strategy }, { deferInitialization: true }) as NestMicroservice;
  microservice.useGlobalFilters(new PassOn());
  // What Nest does itself without the deferral; the hooks of the modules belong to the application and have run already.
  microservice.registerListeners();
  microservice.setIsInitialized(true);
  microservice.setIsInitHookCalled(true);
  await app.startAllMicroservices();
}
