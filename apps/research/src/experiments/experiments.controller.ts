import { Owner, PRODUCED_TABLES, Scopes, streamTable, type Principal } from '@assay/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AnnotationsService } from '../annotations/annotations.service';
import {
  CompareExperimentsQuery,
  DeclareOutsideDto,
  ExperimentListQuery,
  ExportExperimentsQuery,
  LedgerQuery,
} from './experiment.request';
import {
  EffectiveTrialsDto,
  ExperimentComparisonDto,
  ExperimentDto,
  ExperimentPageDto,
  LedgerSummaryDto,
} from './experiment.response';
import { ExperimentsService } from './experiments.service';
import { LedgerService } from './ledger.service';

@ApiTags('experiments')
@Scopes('research:read')
@Controller('experiments')
export class ExperimentsController {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly ledger: LedgerService,
    private readonly annotations: AnnotationsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Everything that was tried: parameters, metrics and lineage' })
  @ApiOkResponse({ type: ExperimentPageDto })
  async list(@Owner() owner: Principal, @Query() query: ExperimentListQuery): Promise<ExperimentPageDto> {
    const page = await this.experiments.list(owner.userId, query);
    return this.annotations.taggedPage('experiment', owner.userId, page);
  }

  @Get('compare')
  @ApiOperation({ summary: 'Several trials side by side' })
  @ApiOkResponse({ type: ExperimentComparisonDto })
  compare(@Owner() owner: Principal, @Query() query: CompareExperimentsQuery): Promise<ExperimentComparisonDto> {
    return this.experiments.compare(owner.userId, query.ids);
  }

  @Get('export')
  @ApiOperation({ summary: 'All trials as a file: a column a metric, parameters as JSON' })
  @ApiProduces(...PRODUCED_TABLES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(@Owner() owner: Principal, @Query() query: ExportExperimentsQuery): Promise<StreamableFile> {
    return streamTable('experiments', await this.experiments.table(owner.userId, query), query.format ?? 'csv');
  }

  @Get('ledger')
  @ApiOperation({
    summary: 'The trial ledger of a strategy: what it counts, when it was tried, and what was declared of elsewhere',
  })
  @ApiOkResponse({ type: LedgerSummaryDto })
  summary(@Owner() owner: Principal, @Query() query: LedgerQuery): Promise<LedgerSummaryDto> {
    return this.ledger.summary(owner.userId, query.strategy_id);
  }

  @Get('effective')
  @ApiOperation({ summary: 'How many independent trials the ledger of a strategy amounts to, as a range' })
  @ApiOkResponse({ type: EffectiveTrialsDto })
  effective(@Owner() owner: Principal, @Query() query: LedgerQuery): Promise<EffectiveTrialsDto> {
    return this.ledger.effective(owner.userId, query.strategy_id);
  }

  @Post('outside')
  @HttpCode(200)
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Declare how many trials were made elsewhere',
    description:
      'Every declared trial counts in the gates of the next validation as one more independent trial. The number can only be raised, ' +
      'and a declaration is never taken back. The same number with the same reason again changes nothing.',
  })
  @ApiOkResponse({ type: LedgerSummaryDto })
  declare(@Owner() owner: Principal, @Body() body: DeclareOutsideDto): Promise<LedgerSummaryDto> {
    return this.ledger.declare(owner.userId, body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One trial' })
  @ApiOkResponse({ type: ExperimentDto })
  async get(@Owner() owner: Principal, @Param('id') id: string): Promise<ExperimentDto> {
    const experiment = await this.experiments.get(owner.userId, id);
    return this.annotations.taggedOne('experiment', owner.userId, experiment);
  }
}
