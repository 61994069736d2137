import type { Principal } from '@assay/platform';
import { Owner, Scopes } from '@assay/platform';
import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TimePageQueryDto } from '../listing/time-page';
import { BacktestResultsDto } from './result.request';
import { ResultDto, ResultPageDto } from './result.response';
import { ResultsService } from './results.service';

@ApiTags('strategies')
@Controller('strategies/:strategyId/results')
export class ResultsController {
  constructor(private readonly results: ResultsService) {}

  @Post()
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Store backtest results beside a strategy' })
  @ApiCreatedResponse({ type: ResultDto })
  add(
    @Owner() owner: Principal,
    @Param('strategyId', ParseUUIDPipe) strategyId: string,
    @Body() body: BacktestResultsDto,
  ): Promise<ResultDto> {
    return this.results.add(owner, strategyId, body);
  }

  @Get()
  @Scopes('trade:read')
  @ApiOperation({ summary: 'All stored backtest results of a strategy, newest first' })
  @ApiOkResponse({ type: ResultPageDto })
  list(
    @Owner() owner: Principal,
    @Param('strategyId', ParseUUIDPipe) strategyId: string,
    @Query() query: TimePageQueryDto,
  ): Promise<ResultPageDto> {
    return this.results.list(owner, strategyId, query);
  }
}
