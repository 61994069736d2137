import { Controller, Get, Inject, Injectable, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import { DatabaseProbe } from '@assay/persistence';
import { Public } from '../auth/principal';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { routeRules } from '../http/route-rules';

export const SERVICE_NAME = Symbol('SERVICE_NAME');
export const VERSION = '0.1.0';

class CheckDto {
  @ApiProperty({ enum: ['ok', 'failed'] }) status: 'ok' | 'failed';
  @ApiProperty({ example: 'postgres' }) backend: string;
}

class HealthDto {
  @ApiProperty({ enum: ['ok', 'failed'] }) status: 'ok' | 'failed';
  @ApiProperty() service: string;
  @ApiProperty() version: string;
  @ApiProperty({ type: 'object', additionalProperties: { $ref: '#/components/schemas/CheckDto' } })
  checks: Record<string, CheckDto>;
}

@Injectable()
@ApiTags('health')
@Controller('health')
@ApiExtraModels(CheckDto)
export class HealthController {
  constructor(
    @Inject(SERVICE_NAME) private readonly service: string,
    @Inject(CONFIG) private readonly config: AppConfig,
    private readonly database: DatabaseProbe,
  ) {}

  /** Fails only for the database: the queue and the bus may be away for a while without anything being lost. */
  @Get()
  @Public()
  @SkipThrottle()
  @routeRules({ always: true })
  @ApiOperation({ summary: 'Whether the service can work' })
  @ApiOkResponse({ type: HealthDto })
  @ApiServiceUnavailableResponse({ type: HealthDto })
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const database = (await this.database.answers()) ? ('ok' as const) : ('failed' as const);
    void reply.status(database === 'ok' ? 200 : 503);
    return {
      status: database,
      service: this.service,
      version: VERSION,
      checks: {
        database: { status: database, backend: 'postgres' },
        jobs: { status: 'ok', backend: this.config.redisUrl ? 'redis' : 'postgres' },
        events: { status: 'ok', backend: this.config.natsUrl ? 'nats' : 'postgres' },
      },
    };
  }
}
