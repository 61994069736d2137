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
import { Public } from '../auth/principal';
import { routeRules } from '../http/route-rules';
import type { Check, Health } from './health-monitor';
import { HealthMonitor, SERVICE_NAME } from './health-monitor';

export const VERSION = '0.1.0';
const STATUSES = ['ok', 'delayed', 'failed'];

class CheckDto implements Check {
  @ApiProperty({ enum: STATUSES, description: 'delayed: a job that is due, or an event, is not taken' })
  status: Check['status'];
  @ApiProperty({ example: 'postgres' }) backend: string;
  @ApiProperty({ nullable: true, type: Number, description: 'how long the backend took to answer' })
  latency_ms: number | null;
  @ApiProperty({
    required: false,
    nullable: true,
    type: Number,
    description: 'how long the oldest due job, or the oldest event that is not done, has waited',
  })
  waiting_s?: number | null;
}

class HealthDto {
  @ApiProperty({ enum: ['ok', 'failed'] }) status: 'ok' | 'failed';
  @ApiProperty() service: string;
  @ApiProperty() version: string;
  @ApiProperty({ type: 'object', additionalProperties: { $ref: '#/components/schemas/CheckDto' } })
  checks: Health;
}

@Injectable()
@ApiTags('health')
@Controller('health')
@ApiExtraModels(CheckDto)
export class HealthController {
  constructor(
    @Inject(SERVICE_NAME) private readonly service: string,
    private readonly monitor: HealthMonitor,
  ) {}

  /** Fails only for the database: the queue and the bus may be away for a while without anything being lost. */
  @Get()
  @Public()
  @SkipThrottle()
  @routeRules({ always: true })
  @ApiOperation({ summary: 'Whether the service can work; measured, at most 2 s ago' })
  @ApiOkResponse({ type: HealthDto })
  @ApiServiceUnavailableResponse({ type: HealthDto })
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const checks = await this.monitor.current();
    const status = checks.database.status === 'failed' ? 'failed' : 'ok';
    void reply.status(status === 'ok' ? 200 : 503);
    return { status, service: this.service, version: VERSION, checks };
  }
}
