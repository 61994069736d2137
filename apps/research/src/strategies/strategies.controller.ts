import type { StrategyDocument, UniverseDocument } from '@assay/contracts';
import { EntityTag, ExpectedVersion, Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnnotationsService } from '../annotations/annotations.service';
import { RevisionPageQuery } from '../listing/page.request';
import { StrategiesService } from './strategies.service';
import { StrategyExchange } from './strategy-exchange.service';
import { StrategyLineage } from './strategy-lineage.service';
import {
  ArchiveDto,
  CloneStrategyDto,
  CreateStrategyDto,
  ExportQuery,
  StrategyListQuery,
  UpdateStrategyDto,
} from './strategy.request';
import { StrategyDto, StrategyPageDto, StrategyRevisionsDto } from './strategy.response';
import { LineageDto } from './lineage.response';

@ApiTags('strategies')
@Scopes('research:read')
@Controller('strategies')
export class StrategiesController {
  constructor(
    private readonly strategies: StrategiesService,
    private readonly exchange: StrategyExchange,
    private readonly lineages: StrategyLineage,
    private readonly annotations: AnnotationsService,
  ) {}

  @Post()
  @Scopes('research:write')
  @ApiOperation({ summary: 'Create a strategy as a draft' })
  @ApiCreatedResponse({ type: StrategyDto })
  create(@Owner() owner: Principal, @Body() body: CreateStrategyDto): Promise<StrategyDto> {
    return this.strategies.create(owner.userId, body);
  }

  @Post('import')
  @Scopes('research:write')
  @ApiOperation({ summary: 'Turn a Strategy JSON into a research strategy with the same id' })
  @ApiBody({
    schema: {
      type: 'object',
      description: 'a Strategy JSON of any kind, universe too, and optionally `source` of the bars',
      additionalProperties: true,
    },
  })
  @ApiCreatedResponse({ type: StrategyDto })
  import(@Owner() owner: Principal, @Body() body: Record<string, unknown>): Promise<StrategyDto> {
    return this.exchange.import(owner.userId, body);
  }

  @Get()
  @ApiOperation({ summary: 'Own strategies' })
  @ApiOkResponse({ type: StrategyPageDto })
  async list(@Owner() owner: Principal, @Query() query: StrategyListQuery): Promise<StrategyPageDto> {
    const page = await this.strategies.list(owner.userId, query);
    return this.annotations.taggedPage('strategy', owner.userId, page);
  }

  @Get(':id')
  @EntityTag()
  @ApiOperation({ summary: 'One strategy with the status of its newest revision' })
  @ApiOkResponse({ type: StrategyDto })
  async get(@Owner() owner: Principal, @Param('id') id: string): Promise<StrategyDto> {
    const strategy = await this.strategies.get(owner.userId, id);
    return this.annotations.taggedOne('strategy', owner.userId, strategy);
  }

  @Patch(':id')
  @Scopes('research:write')
  @ApiOperation({ summary: 'Change a strategy; changed content makes a new draft revision' })
  @ApiOkResponse({ type: StrategyDto })
  update(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @ExpectedVersion() expected: ExpectedVersion,
    @Body() body: UpdateStrategyDto,
  ): Promise<StrategyDto> {
    return this.strategies.update(owner.userId, id, expected, body);
  }

  @Delete(':id')
  @Scopes('research:write')
  @ApiOperation({ summary: 'Archive a strategy: it stays readable' })
  @ApiOkResponse({ type: StrategyDto })
  remove(@Owner() owner: Principal, @Param('id') id: string): Promise<StrategyDto> {
    return this.strategies.archive(owner.userId, id, undefined, null);
  }

  @Post(':id/archive')
  @HttpCode(200)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Archive a strategy with a reason' })
  @ApiOkResponse({ type: StrategyDto })
  archive(@Owner() owner: Principal, @Param('id') id: string, @Body() body: ArchiveDto): Promise<StrategyDto> {
    return this.strategies.archive(owner.userId, id, body.version, body.reason ?? null);
  }

  @Post(':id/clone')
  @Scopes('research:write')
  @ApiOperation({ summary: 'Copy a strategy; trials of the copy count with the original' })
  @ApiCreatedResponse({ type: StrategyDto })
  clone(@Owner() owner: Principal, @Param('id') id: string, @Body() body: CloneStrategyDto): Promise<StrategyDto> {
    return this.strategies.clone(owner.userId, id, body.name);
  }

  @Get(':id/export')
  @ApiOperation({ summary: 'Strategy JSON of one symbol, or the whole document of a universe' })
  @ApiOkResponse({ schema: { type: 'object', description: 'a Strategy JSON', additionalProperties: true } })
  export(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() query: ExportQuery,
  ): Promise<StrategyDocument | UniverseDocument> {
    return this.exchange.export(owner.userId, id, query);
  }

  @Get(':id/revisions')
  @ApiOperation({ summary: 'All revisions, oldest first' })
  @ApiOkResponse({ type: StrategyRevisionsDto })
  revisions(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() query: RevisionPageQuery,
  ): Promise<StrategyRevisionsDto> {
    return this.strategies.revisions(owner.userId, id, query);
  }

  @Get(':id/lineage')
  @ApiOperation({ summary: 'What the strategy came from, what it pins and what was done with it' })
  @ApiOkResponse({ type: LineageDto })
  lineage(@Owner() owner: Principal, @Param('id') id: string): Promise<LineageDto> {
    return this.lineages.of(owner.userId, id);
  }
}
