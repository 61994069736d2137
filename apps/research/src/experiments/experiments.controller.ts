import { Owner, PRODUCED_TABLES, Scopes, streamTable, type Principal } from '@assay/platform';
import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AnnotationsService } from '../annotations/annotations.service';
import { CompareExperimentsQuery, ExperimentListQuery, ExportExperimentsQuery } from './experiment.request';
import { ExperimentComparisonDto, ExperimentDto, ExperimentPageDto } from './experiment.response';
import { ExperimentsService } from './experiments.service';

@ApiTags('experiments')
@Scopes('research:read')
@Controller('experiments')
export class ExperimentsController {
  constructor(
    private readonly experiments: ExperimentsService,
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

  @Get(':id')
  @ApiOperation({ summary: 'One trial' })
  @ApiOkResponse({ type: ExperimentDto })
  async get(@Owner() owner: Principal, @Param('id') id: string): Promise<ExperimentDto> {
    const experiment = await this.experiments.get(owner.userId, id);
    return this.annotations.taggedOne('experiment', owner.userId, experiment);
  }
}
