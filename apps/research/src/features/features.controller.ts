import { EntityTag, ExpectedVersion, Owner, PRODUCED_TABLES, Scopes, type Principal } from '@assay/platform';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { AcceptedJobDto, acceptedJob } from '../listing/accepted-job.response';
import { ExportQuery } from '../listing/export.request';
import { NamedPageQuery, RevisionPageQuery } from '../listing/page.request';
import { CreateFeatureDto, DatasetProfileQuery, GenerateFeatureDto, UpdateFeatureDto } from './feature.request';
import {
  DatasetProfileDto,
  FeatureDto,
  FeaturePageDto,
  FeaturePluginsDto,
  FeatureVersionsDto,
} from './feature.response';
import { FeaturesService } from './features.service';

@ApiTags('features')
@Scopes('research:read')
@Controller('features')
export class FeaturesController {
  constructor(private readonly features: FeaturesService) {}

  @Get('plugins')
  @ApiOperation({ summary: 'Kinds of features with the schema of their parameters' })
  @ApiOkResponse({ type: FeaturePluginsDto })
  plugins(): FeaturePluginsDto {
    return { items: this.features.plugins() };
  }

  @Post()
  @Scopes('research:write')
  @ApiOperation({ summary: 'Define a feature' })
  @ApiCreatedResponse({ type: FeatureDto })
  create(@Owner() owner: Principal, @Body() body: CreateFeatureDto): Promise<FeatureDto> {
    return this.features.create(owner.userId, body);
  }

  @Get()
  @ApiOperation({ summary: 'Own features' })
  @ApiOkResponse({ type: FeaturePageDto })
  list(@Owner() owner: Principal, @Query() query: NamedPageQuery): Promise<FeaturePageDto> {
    return this.features.list(owner.userId, query);
  }

  @Get(':id')
  @EntityTag()
  @ApiOperation({ summary: 'One feature' })
  @ApiOkResponse({ type: FeatureDto })
  get(@Owner() owner: Principal, @Param('id') id: string): Promise<FeatureDto> {
    return this.features.get(owner.userId, id);
  }

  @Patch(':id')
  @Scopes('research:write')
  @ApiOperation({ summary: 'Change a feature; changed content makes a revision, strategies keep the one they pin' })
  @ApiOkResponse({ type: FeatureDto })
  update(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @ExpectedVersion() expected: ExpectedVersion,
    @Body() body: UpdateFeatureDto,
  ): Promise<FeatureDto> {
    return this.features.update(owner.userId, id, expected, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Delete a feature that nothing refers to' })
  @ApiNoContentResponse()
  remove(@Owner() owner: Principal, @Param('id') id: string): Promise<void> {
    return this.features.remove(owner.userId, id);
  }

  @Get(':id/versions')
  @ApiOperation({ summary: 'All revisions with the datasets generated from each' })
  @ApiOkResponse({ type: FeatureVersionsDto })
  versions(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() query: RevisionPageQuery,
  ): Promise<FeatureVersionsDto> {
    return this.features.versions(owner.userId, id, query);
  }

  @Get(':id/datasets/:datasetId/export')
  @ApiOperation({ summary: 'A generated dataset as a file: date and value of every bar, null where there is none yet' })
  @ApiProduces(...PRODUCED_TABLES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  exportDataset(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Param('datasetId') datasetId: string,
    @Query() { format = 'csv' }: ExportQuery,
  ): Promise<StreamableFile> {
    return this.features.export(owner.userId, id, datasetId, format);
  }

  @Get(':id/datasets/:datasetId/profile')
  @ApiOperation({ summary: 'What a generated dataset looks like: moments, quantiles, distribution, and its last rows' })
  @ApiOkResponse({ type: DatasetProfileDto })
  datasetProfile(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Param('datasetId') datasetId: string,
    @Query() query: DatasetProfileQuery,
  ): Promise<DatasetProfileDto> {
    return this.features.profile(owner.userId, id, datasetId, query);
  }

  @Post(':id/generate')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Generate the dataset of a feature (job; its result is a GeneratedDataset)' })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async generate(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Body() body: GenerateFeatureDto,
  ): Promise<AcceptedJobDto> {
    return acceptedJob(await this.features.generate(owner.userId, id, body));
  }
}
