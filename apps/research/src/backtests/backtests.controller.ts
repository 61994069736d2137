import { Owner, PRODUCED_TABLES, type Principal, Scopes, streamJson } from '@assay/platform';
import { METRIC_KEYS, METRICS } from '@assay/quant';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { AnnotationsService } from '../annotations/annotations.service';
import { AcceptedJobDto, acceptedJob } from '../listing/accepted-job.response';
import {
  BacktestDto,
  BacktestPageDto,
  ComparisonDto,
  ContributionsDto,
  DrawdownsDto,
  EnginesDto,
  EquityCurveDto,
  MetricCatalogueDto,
  SignalRowsDto,
  TradesDto,
} from './backtest.response';
import { BacktestListQuery, CompareBacktestsDto, CreateBacktestDto, SignalsQuery } from './backtest.request';
import { drawdownColumns, equityColumns, signalColumns, tradeColumns, contributionColumns } from './backtest-tables';
import { answer, type Reply } from '../listing/answer-table';
import { FormatQuery } from '../listing/format.request';
import { BacktestsService } from './backtests.service';

const ENGINES = [
  { name: 'vectorized', aliases: ['vectorbt'], description: 'whole columns at once' },
  { name: 'event', aliases: ['backtrader'], description: 'bar by bar through an order book' },
];

@ApiTags('backtests')
@Scopes('research:read')
@Controller('backtests')
export class BacktestsController {
  constructor(
    private readonly backtests: BacktestsService,
    private readonly annotations: AnnotationsService,
  ) {}

  @Get('engines')
  @ApiOperation({ summary: 'Engines; they agree to 1e-9 on everything both support' })
  @ApiOkResponse({ type: EnginesDto })
  engines(): EnginesDto {
    return { items: ENGINES };
  }

  @Get('metrics')
  @ApiOperation({ summary: 'Every metric with its unit, its definition and which value of two is the better' })
  @ApiOkResponse({ type: MetricCatalogueDto })
  metrics(): MetricCatalogueDto {
    return { items: METRIC_KEYS.map((key) => ({ key, ...METRICS[key] })) };
  }

  @Post('compare')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Metrics of several completed backtests side by side, the best of each by the direction of the metric',
  })
  @ApiOkResponse({ type: ComparisonDto })
  compare(@Owner() owner: Principal, @Body() body: CompareBacktestsDto): Promise<ComparisonDto> {
    return this.backtests.compare(owner.userId, body);
  }

  @Post()
  @Scopes('research:write')
  @ApiOperation({ summary: 'Prepare a backtest of a pinned strategy revision' })
  @ApiCreatedResponse({ type: BacktestDto })
  create(@Owner() owner: Principal, @Body() body: CreateBacktestDto): Promise<BacktestDto> {
    return this.backtests.create(owner.userId, body);
  }

  @Get()
  @ApiOperation({ summary: 'Own backtests' })
  @ApiOkResponse({ type: BacktestPageDto })
  async list(@Owner() owner: Principal, @Query() query: BacktestListQuery): Promise<BacktestPageDto> {
    const page = await this.backtests.list(owner.userId, query);
    return this.annotations.taggedPage('backtest', owner.userId, page);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One backtest with its metrics' })
  @ApiOkResponse({ type: BacktestDto })
  async get(@Owner() owner: Principal, @Param('id') id: string): Promise<BacktestDto> {
    const backtest = await this.backtests.get(owner.userId, id);
    return this.annotations.taggedOne('backtest', owner.userId, backtest);
  }

  @Delete(':id')
  @HttpCode(204)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Delete a backtest that no evidence rests on; its trial stays counted' })
  @ApiNoContentResponse()
  remove(@Owner() owner: Principal, @Param('id') id: string): Promise<void> {
    return this.backtests.remove(owner.userId, id);
  }

  @Post(':id/execute')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Run a backtest (job)' })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async execute(@Owner() owner: Principal, @Param('id') id: string): Promise<AcceptedJobDto> {
    return acceptedJob(await this.backtests.execute(owner.userId, id));
  }

  @Post(':id/rerun')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Run a completed backtest again (job)',
    description:
      'A new backtest of the same revision by the same request. The result of the job, and the backtest, say whether it read the same ' +
      'bars and found the same result, bit for bit. It is no new trial.',
  })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async rerun(@Owner() owner: Principal, @Param('id') id: string): Promise<AcceptedJobDto> {
    return acceptedJob(await this.backtests.rerun(owner.userId, id));
  }

  @Get(':id/equity-curve')
  @ApiOperation({ summary: 'Equity of the strategy and of buy and hold, per scored bar' })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: EquityCurveDto })
  async equityCurve(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format }: FormatQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { timeframe, items } = await this.backtests.equityCurve(owner.userId, id);
    return answer(reply, format, { name: `equity-curve_${id}`, columns: equityColumns(timeframe), items });
  }

  @Get(':id/trades')
  @ApiOperation({ summary: 'Round trips' })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: TradesDto })
  async trades(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format }: FormatQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const items = await this.backtests.trades(owner.userId, id);
    return answer(reply, format, { name: `trades_${id}`, columns: tradeColumns(items), items });
  }

  @Get(':id/contributions')
  @ApiOperation({ summary: 'What each symbol of a universe has made, and which members had no bars when' })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: ContributionsDto })
  async contributions(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format }: FormatQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { contributions: items, absences } = await this.backtests.contributions(owner.userId, id);
    const table = { name: `contributions_${id}`, columns: contributionColumns(items), items };
    return answer(reply, format, { ...table, json: () => streamJson({ absences }, 'items', items) });
  }

  @Get(':id/drawdowns')
  @ApiOperation({ summary: 'The deepest drawdowns' })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: DrawdownsDto })
  async drawdowns(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format }: FormatQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { timeframe, items } = await this.backtests.drawdowns(owner.userId, id);
    return answer(reply, format, { name: `drawdowns_${id}`, columns: drawdownColumns(timeframe), items });
  }

  @Get(':id/signals')
  @ApiOperation({ summary: 'Features, prediction, signal and weight of every bar, as numbers and as 64-bit patterns' })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: SignalRowsDto })
  async signals(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { from, to, format }: SignalsQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { rows: items, ...head } = await this.backtests.signals(owner.userId, id, from, to);
    const columns = signalColumns(head.feature_names);
    return answer(reply, format, {
      name: `signals_${id}`,
      columns,
      items,
      json: () => streamJson(head, 'rows', items),
    });
  }
}
