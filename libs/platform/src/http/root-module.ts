import type { ServiceName } from '@assay/persistence';
import type { DynamicModule, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { ConfigModule } from '../config';
import { HealthController } from '../health/health.controller';
import { HealthMonitor, SERVICE_NAME } from '../health/health-monitor';
import { LoggingModule } from '../logging/logging.module';

export type AppRoot = Type<unknown> | DynamicModule;

@Module({})
export class RootModule {
  /** The service's own module with what every HTTP service has. */
  static http(app: AppRoot, service: ServiceName): DynamicModule {
    return {
      module: RootModule,
      imports: [ConfigModule, LoggingModule.forService(service), AuthModule.forService(service), app],
      providers: [{ provide: SERVICE_NAME, useValue: service }, HealthMonitor],
      controllers: [HealthController],
    };
  }

  static worker(app: AppRoot, service: ServiceName): DynamicModule {
    return { module: RootModule, imports: [ConfigModule, LoggingModule.forService(`${service}-worker`), app] };
  }
}
