import { resultsDocument } from '@assay/contracts';
import type { Principal } from '@assay/platform';
import { DocumentBody, Owner, Scopes } from '@assay/platform';
import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TimePageQueryDto } from '../listing/time-page';
import { ResultDto, ResultPageDto } from './result.response';
import { ResultsService } from './results.service';

@ApiTags('strategies')
@Controller('strategies/:strategyId/results')
export class ResultsController {
  constructor(private readonly results: ResultsService) {}

  @Post()
  @Scopes('trade:write')
  @DocumentBody(resultsDocument.jsonSchema())
  @ApiOperation({ summary: 'Store backtest results beside a strategy' })
  @ApiCreatedResponse({ type: ResultDto })
  add(
    @Owner() owner: Principal,
    @Param('strategyId', ParseUUIDPipe) strategyId: string,
    @Body() document: unknown,
  ): Promise<ResultDto> {
    return this.results.add(owner, strategyId, document);
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
