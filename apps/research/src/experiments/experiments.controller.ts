import { Owner, Scopes, type Principal } from '@assay/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CompareExperimentsQuery, ExperimentListQuery } from './experiment.request';
import { ExperimentComparisonDto, ExperimentDto, ExperimentPageDto } from './experiment.response';
import { ExperimentsService } from './experiments.service';

@ApiTags('experiments')
@Scopes('research:read')
@Controller('experiments')
export class ExperimentsController {
  constructor(private readonly experiments: ExperimentsService) {}

  @Get()
  @ApiOperation({ summary: 'Everything that was tried: parameters, metrics and lineage' })
  @ApiOkResponse({ type: ExperimentPageDto })
  list(@Owner() owner: Principal, @Query() query: ExperimentListQuery): Promise<ExperimentPageDto> {
    return this.experiments.list(owner.userId, query);
  }

  @Get('compare')
  @ApiOperation({ summary: 'Several trials side by side' })
  @ApiOkResponse({ type: ExperimentComparisonDto })
  compare(@Owner() owner: Principal, @Query() query: CompareExperimentsQuery): Promise<ExperimentComparisonDto> {
    return this.experiments.compare(owner.userId, query.ids);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One trial' })
  @ApiOkResponse({ type: ExperimentDto })
  get(@Owner() owner: Principal, @Param('id') id: string): Promise<ExperimentDto> {
    return this.experiments.get(owner.userId, id);
  }
}
