import { Owner, Scopes, SpooledBody, type Principal } from '@assay/platform';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { AcceptedJobDto, acceptedJob } from '../listing/accepted-job.response';
import {
  AcknowledgeDto,
  BarsQuery,
  ImportBarsDto,
  ImportFileFields,
  ImportFileQuery,
  InspectFileDto,
  InspectFileQuery,
  SeriesQuery,
  SymbolsQuery,
} from './data.request';
import { BarsDto, FileInspectionDto, ImportedBarsDto, QualityDto, SymbolsDto } from './data.response';
import { DataService } from './data.service';
import { BarImports } from './imports/bar-imports';
import { FileImports } from './imports/file-imports';
import { FileBody } from './imports/file-body';
import { backgroundOnlyForFiles, fileRequest } from './imports/import-request';
import { DataThreads } from './threads/data-threads';

@ApiTags('data')
@ApiExtraModels(ImportBarsDto, InspectFileDto)
@Scopes('research:read')
@Controller('data')
export class DataController {
  constructor(
    private readonly data: DataService,
    private readonly imports: BarImports,
    private readonly files: FileImports,
    private readonly threads: DataThreads,
  ) {}

  @Post('import')
  @Scopes('data:write')
  @FileBody(ImportBarsDto, { spooledBy: 'background' })
  @ApiOperation({
    summary:
      'Import bars: text in JSON, a file as the body with the rest in the query, a form with a file and fields, or an ' +
      'exchange through ccxt (job). With scope data:correct stored bars are corrected too; without it bars are only added',
    description:
      'A file of up to 64 MiB is imported while the caller waits (201). A longer one, or any with background=true in the ' +
      'query, is stored as it comes and imported by a job (202), whose progress GET /jobs/{id} and its stream show and ' +
      'whose result is the body of the 201. The same file with the same fields is the same job while that is open.',
  })
  @ApiCreatedResponse({ type: ImportedBarsDto })
  @ApiAcceptedResponse({ type: AcceptedJobDto, description: 'a long file, background=true, or source ccxt' })
  async import(
    @Owner() owner: Principal,
    @Query() { background, ...query }: ImportFileQuery,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<ImportedBarsDto | AcceptedJobDto> {
    const isFile = body instanceof SpooledBody;
    if (background && !isFile) throw backgroundOnlyForFiles();
    const shapes = { body: ImportBarsDto, query: ImportFileFields };
    const request = await fileRequest(query, await this.threads.bodyOf(body), shapes);
    if (!isFile && request.body.source !== 'ccxt') return this.imports.importFile(owner, request);
    const job = isFile
      ? await this.files.submit(owner, request.body, body.file)
      : await this.imports.fetch(owner, request.body);
    reply.status(202);
    return acceptedJob(job);
  }

  @Post('inspect')
  @HttpCode(200)
  @Scopes('research:read')
  @FileBody(InspectFileDto)
  @ApiOperation({
    summary: 'What an import would recognise, mend and refuse of a file, in the same forms; nothing is stored',
  })
  @ApiOkResponse({ type: FileInspectionDto })
  async inspect(@Query() query: InspectFileQuery, @Body() body: unknown): Promise<FileInspectionDto> {
    const shapes = { body: InspectFileDto, query: InspectFileQuery };
    return this.data.inspect(await fileRequest(query, await this.threads.bodyOf(body), shapes));
  }

  @Get('symbols')
  @ApiOperation({ summary: 'Stored series' })
  @ApiOkResponse({ type: SymbolsDto })
  symbols(@Query() query: SymbolsQuery): Promise<SymbolsDto> {
    return this.data.symbols(query);
  }

  @Get('bars')
  @ApiOperation({ summary: 'The last bars of a series or range, oldest first; next_cursor asks for those before' })
  @ApiOkResponse({ type: BarsDto })
  bars(@Query() query: BarsQuery): Promise<StreamableFile> {
    return this.data.bars(query);
  }

  @Get('quality')
  @ApiOperation({ summary: 'Quality report on the present bars of a series' })
  @ApiOkResponse({ type: QualityDto })
  quality(@Query() query: SeriesQuery): Promise<QualityDto> {
    return this.data.qualityOf(query);
  }

  @Get('quality/coverage')
  @Header('content-type', 'image/svg+xml')
  @ApiOperation({ summary: 'A picture (SVG) of the sessions of a series: whole, with bars missing, without any' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  coverage(@Query() query: SeriesQuery): Promise<string> {
    return this.data.coverage(query);
  }

  @Post('quality/:id/acknowledge')
  @HttpCode(200)
  @Scopes('data:correct')
  @ApiOperation({
    summary:
      'Acknowledge warnings with a name and a reason, as importer or administrator; both are kept in the evidence',
  })
  @ApiOkResponse({ type: QualityDto })
  acknowledge(@Param('id') id: string, @Body() body: AcknowledgeDto): Promise<QualityDto> {
    return this.data.acknowledge(id, body);
  }
}
