import { substrategiesDocument } from '@assay/contracts';
import type { Principal } from '@assay/platform';
import { DocumentBody, EntityTag, IfMatch, Owner, Scopes } from '@assay/platform';
import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TimePageQueryDto } from '../listing/time-page';
import { StrategyDetailDto, StrategyDto, StrategyPageDto } from './strategy.response';
import { StrategyQueryDto, StrategyListQueryDto } from './strategy.request';
import { StrategiesService } from './strategies.service';
import { strategyAnswer } from './strategy-answer';

interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

const STRATEGY_BODY = substrategiesDocument().jsonSchema();

@ApiTags('strategies')
@Controller('strategies')
export class StrategiesController {
  constructor(private readonly strategies: StrategiesService) {}

  @Post()
  @Scopes('trade:write')
  @DocumentBody(STRATEGY_BODY)
  @ApiOperation({ summary: 'Create a strategy from a Strategy JSON, or revise the one with the same id' })
  @ApiCreatedResponse({ type: StrategyDto })
  @ApiOkResponse({ type: StrategyDto, description: 'The id was known: revised, or unchanged' })
  async create(
    @Owner() owner: Principal,
    @Body() document: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StrategyDto> {
    const { created, strategy } = await this.strategies.upsert(owner, document);
    reply.status(created ? 201 : 200);
    reply.header('ETag', `"${strategy.version}"`);
    return strategyAnswer(strategy);
  }

  @Get()
  @Scopes('trade:read')
  @ApiOperation({ summary: 'List own strategies' })
  @ApiOkResponse({ type: StrategyPageDto })
  list(@Owner() owner: Principal, @Query() query: StrategyListQueryDto): Promise<StrategyPageDto> {
    return this.strategies.list(owner, query);
  }

  @Get(':strategyId')
  @EntityTag('row_version')
  @Scopes('trade:read')
  @ApiOperation({ summary: 'A strategy with its newest backtest results and evidence' })
  @ApiOkResponse({ type: StrategyDetailDto })
  get(
    @Owner() owner: Principal,
    @Param('strategyId', ParseUUIDPipe) strategyId: string,
    @Query() query: StrategyQueryDto,
  ): Promise<StrategyDetailDto> {
    return this.strategies.get(owner, strategyId, query.revision);
  }

  @Get(':strategyId/revisions')
  @Scopes('trade:read')
  @ApiOperation({ summary: 'Every revision of a strategy' })
  @ApiOkResponse({ type: StrategyPageDto })
  revisions(
    @Owner() owner: Principal,
    @Param('strategyId', ParseUUIDPipe) strategyId: string,
    @Query() query: TimePageQueryDto,
  ): Promise<StrategyPageDto> {
    return this.strategies.revisions(owner, strategyId, query);
  }

  @Put(':strategyId')
  @Scopes('trade:write')
  @DocumentBody(STRATEGY_BODY)
  @ApiOperation({ summary: 'Replace the document; `version` is the revision that was read, If-Match the row lock' })
  @ApiOkResponse({ type: StrategyDto })
  async replace(
    @Owner() owner: Principal,
    @Param('strategyId', ParseUUIDPipe) strategyId: string,
    @Body() document: unknown,
    @IfMatch() rowVersion: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StrategyDto> {
    const strategy = await this.strategies.replace(owner, strategyId, document, rowVersion);
    reply.header('ETag', `"${strategy.version}"`);
    return strategyAnswer(strategy);
  }

  @Delete(':strategyId')
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Mark a strategy inactive; refused while deployments of it are not stopped' })
  @ApiOkResponse({ type: StrategyDto })
  async remove(
    @Owner() owner: Principal,
    @Param('strategyId', ParseUUIDPipe) strategyId: string,
  ): Promise<StrategyDto> {
    return strategyAnswer(await this.strategies.remove(owner, strategyId));
  }
}
