import { MOST_MODEL_BYTES } from '@assay/pipeline';
import {
  BodyLimit,
  EntityTag,
  ExpectedVersion,
  Owner,
  PRODUCED_TABLES,
  RawBody,
  Scopes,
  streamJson,
  type Principal,
} from '@assay/platform';
import { invalidField } from '@assay/primitives';
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
  Res,
  type StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { DefinitionRevisionsDto } from '../definitions/definition.response';
import { AcceptedJobDto, acceptedJob } from '../listing/accepted-job.response';
import { answer, type Reply } from '../listing/answer-table';
import { FormatQuery } from '../listing/format.request';
import { NamedPageQuery, RevisionPageQuery } from '../listing/page.request';
import { foldColumns } from './fold-columns';
import { MODEL_KINDS, SEARCH_SPACES } from './model-kinds';
import { CreateModelDto, ImportModelQuery, TrainModelDto, TuneModelDto, UpdateModelDto } from './model.request';
import {
  ImportedModelDto,
  LeaderboardDto,
  ModelDto,
  ModelFoldsDto,
  ModelPageDto,
  ModelPluginsDto,
  SearchSpacesDto,
} from './model.response';
import { ModelImports } from './model-imports';
import { ModelsService } from './models.service';

@ApiTags('models')
@Scopes('research:read')
@Controller('models')
export class ModelsController {
  constructor(
    private readonly models: ModelsService,
    private readonly imports: ModelImports,
  ) {}

  @Get('plugins')
  @ApiOperation({ summary: 'Kinds of models with the schema of their parameters' })
  @ApiOkResponse({ type: ModelPluginsDto })
  plugins(): ModelPluginsDto {
    return { items: MODEL_KINDS };
  }

  @Get('search-spaces')
  @ApiOperation({ summary: 'Hyper-parameters worth tuning, by kind' })
  @ApiOkResponse({ type: SearchSpacesDto })
  searchSpaces(): SearchSpacesDto {
    return { items: SEARCH_SPACES };
  }

  @Get('leaderboard')
  @ApiOperation({ summary: 'Own fitted models, lowest training log loss first' })
  @ApiOkResponse({ type: LeaderboardDto })
  async leaderboard(@Owner() owner: Principal): Promise<LeaderboardDto> {
    return { items: await this.models.leaderboard(owner.userId) };
  }

  @Post()
  @Scopes('research:write')
  @ApiOperation({ summary: 'Specify a model' })
  @ApiCreatedResponse({ type: ModelDto })
  create(@Owner() owner: Principal, @Body() body: CreateModelDto): Promise<ModelDto> {
    return this.models.create(owner.userId, body);
  }

  @Get()
  @ApiOperation({ summary: 'Own models and the built-in rule.identity' })
  @ApiOkResponse({ type: ModelPageDto })
  list(@Owner() owner: Principal, @Query() query: NamedPageQuery): Promise<ModelPageDto> {
    return this.models.list(owner.userId, query);
  }

  @Get(':id')
  @EntityTag()
  @ApiOperation({ summary: 'One model with its newest artifact' })
  @ApiOkResponse({ type: ModelDto })
  get(@Owner() owner: Principal, @Param('id') id: string): Promise<ModelDto> {
    return this.models.get(owner.userId, id);
  }

  @Get(':id/revisions')
  @ApiOperation({ summary: 'All revisions of a model' })
  @ApiOkResponse({ type: DefinitionRevisionsDto })
  revisions(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() query: RevisionPageQuery,
  ): Promise<DefinitionRevisionsDto> {
    return this.models.revisions(owner.userId, id, query);
  }

  @Patch(':id')
  @Scopes('research:write')
  @ApiOperation({ summary: 'Change a model; strategies keep the revision they pin' })
  @ApiOkResponse({ type: ModelDto })
  update(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @ExpectedVersion() expected: ExpectedVersion,
    @Body() body: UpdateModelDto,
  ): Promise<ModelDto> {
    return this.models.update(owner.userId, id, expected, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Delete a model that nothing refers to' })
  @ApiNoContentResponse()
  remove(@Owner() owner: Principal, @Param('id') id: string): Promise<void> {
    return this.models.remove(owner.userId, id);
  }

  @Get(':id/folds')
  @ApiOperation({ summary: 'How the newest fit was judged on each part of its rows by a fit on the others' })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: ModelFoldsDto })
  async folds(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format }: FormatQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { items, ...head } = await this.models.folds(owner.userId, id);
    const json = () => streamJson(head, 'items', items);
    return answer(reply, format, { name: `folds_${id}`, columns: foldColumns(items), items, json });
  }

  @Post(':id/train')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({ summary: 'Fit a model on stored bars (job; its result is a TrainedModel)' })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async train(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Body() body: TrainModelDto,
  ): Promise<AcceptedJobDto> {
    return acceptedJob(await this.models.train(owner.userId, id, body));
  }

  @Post(':id/import')
  @Scopes('research:write')
  @BodyLimit(MOST_MODEL_BYTES, { file: true })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({ summary: 'Take the file of a model that was trained elsewhere, as the body' })
  @ApiCreatedResponse({ type: ImportedModelDto })
  async import(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() query: ImportModelQuery,
    @Body() body: unknown,
  ): Promise<ImportedModelDto> {
    if (!(body instanceof RawBody) || body.type !== 'file') {
      throw invalidField('file', 'required', null, 'the file must be the body, as application/octet-stream');
    }
    return this.imports.import(owner.userId, id, query, body.bytes);
  }

  @Post(':id/tune')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Try sets of hyper-parameters on a strategy, all or some, by CPCV (job); every set counts as a trial',
    description:
      'Its result is a TunedModel. Sets that are drawn or given up are tried by shards on all workers, and the result does not depend on how ' +
      'many there are. For a search over features, labels, rules and sizing too: POST /backtests/sweep with objective cpcv.',
  })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async tune(@Owner() owner: Principal, @Param('id') id: string, @Body() body: TuneModelDto): Promise<AcceptedJobDto> {
    return acceptedJob(await this.models.tune(owner.userId, id, body));
  }
}
