import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { OutboxRelay } from './outbox-relay';

const RELAY_SERVICE = Symbol('RELAY_SERVICE');

@Injectable()
class RelayRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private relay?: OutboxRelay;

  constructor(
    @Inject(RELAY_SERVICE) private readonly service: 'research' | 'trade',
    @Inject(CONFIG) private readonly config: AppConfig,
    private readonly dataSource: DataSource,
  ) {}

  onApplicationBootstrap(): void {
    const { natsUrl, streamPrefix } = this.config;
    if (!natsUrl) return;
    this.relay = new OutboxRelay(this.service, this.dataSource, { url: natsUrl, streamPrefix });
    this.relay.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay?.close();
  }
}

@Module({})
export class EventsModule {
  /** Carries the outbox of the service to the bus, where the bus is not the outbox itself. For the worker of a publishing service. */
  static relay(service: 'research' | 'trade'): DynamicModule {
    return { module: EventsModule, providers: [RelayRunner, { provide: RELAY_SERVICE, useValue: service }] };
  }
}
