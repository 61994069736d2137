import type { Principal } from '@assay/platform';
import { Owner, PRODUCED_TABLES, Scopes, streamTable } from '@assay/platform';
import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { FillPageDto, OrderPageDto, RunPageDto, SignalPageDto, TradePageDto } from './deployment-log.response';
import { DeploymentLogsService } from './deployment-logs.service';
import { ExportLogParamsDto, ExportLogQueryDto, LogQueryDto } from './deployment.request';

@ApiTags('execution log')
@Scopes('trade:read')
@Controller('deployments/:deploymentId')
export class DeploymentLogsController {
  constructor(private readonly logs: DeploymentLogsService) {}

  @Get('trades')
  @ApiOperation({ summary: 'Execution log: every decision with its risk checks' })
  @ApiOkResponse({ type: TradePageDto })
  trades(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Query() query: LogQueryDto,
  ): Promise<TradePageDto> {
    return this.logs.trades(owner, id, query);
  }

  @Get('signals')
  @ApiOperation({ summary: 'Signal log: what the evaluator computed for each bar, with bit patterns' })
  @ApiOkResponse({ type: SignalPageDto })
  signals(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Query() query: LogQueryDto,
  ): Promise<SignalPageDto> {
    return this.logs.signals(owner, id, query);
  }

  @Get('runs')
  @ApiOperation({ summary: 'Evaluations: one per bar close, with those that came late or were missed' })
  @ApiOkResponse({ type: RunPageDto })
  runs(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Query() query: LogQueryDto,
  ): Promise<RunPageDto> {
    return this.logs.runs(owner, id, query);
  }

  @Get('orders')
  @ApiOperation({ summary: 'Orders of a deployment' })
  @ApiOkResponse({ type: OrderPageDto })
  orders(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Query() query: LogQueryDto,
  ): Promise<OrderPageDto> {
    return this.logs.orders(owner, id, query);
  }

  @Get('fills')
  @ApiOperation({ summary: 'Fills of a deployment' })
  @ApiOkResponse({ type: FillPageDto })
  fills(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Query() query: LogQueryDto,
  ): Promise<FillPageDto> {
    return this.logs.fills(owner, id, query);
  }

  @Get(':log/export')
  @ApiOperation({
    summary:
      'A log as a file: trades, signals, runs, orders or fills, all rows of a span, oldest first. Amounts are exact text; ' +
      'features have a column each',
  })
  @ApiProduces(...PRODUCED_TABLES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(
    @Owner() owner: Principal,
    @Param() { deploymentId, log }: ExportLogParamsDto,
    @Query() query: ExportLogQueryDto,
  ): Promise<StreamableFile> {
    const table = await this.logs.table(owner, deploymentId, log, query);
    return streamTable(`${log}_${deploymentId}`, table, query.format ?? 'csv');
  }
}
