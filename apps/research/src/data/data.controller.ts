import { AssayValidationPipe, BodyLimit, Owner, Scopes, type Principal } from '@assay/platform';
import { invalidField } from '@assay/primitives';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { AcceptedJobDto, acceptedJob } from '../listing/accepted-job.response';
import { PageQuery } from '../listing/page.request';
import { AcknowledgeDto, BarsQuery, ImportBarsDto, ImportCsvQuery, SeriesQuery } from './data.request';
import { BarsDto, DescribeDto, ImportedBarsDto, QualityDto, SymbolsDto } from './data.response';
import { DataService } from './data.service';
import { DataThreads, INLINE_BYTES } from './threads/data-threads';

const pipe = new AssayValidationPipe();
/** Files of bars are long; everything else is not. */
const IMPORT_BYTES = 64 * 1024 * 1024;

@ApiTags('data')
@ApiExtraModels(ImportBarsDto)
@Scopes('research:read')
@Controller('data')
export class DataController {
  constructor(
    private readonly data: DataService,
    private readonly threads: DataThreads,
  ) {}

  @Post('import')
  @Scopes('data:write')
  @BodyLimit(IMPORT_BYTES, { rawFrom: INLINE_BYTES, csv: true })
  @ApiOperation({
    summary:
      'Import bars: CSV in JSON, a CSV file as the body with the rest in the query, or an exchange through ccxt (job). ' +
      'With scope data:correct stored bars are corrected too; without it bars are only added',
  })
  @ApiConsumes('application/json', 'text/csv')
  @ApiBody({ schema: { $ref: getSchemaPath(ImportBarsDto) } })
  @ApiCreatedResponse({ type: ImportedBarsDto })
  @ApiAcceptedResponse({ type: AcceptedJobDto, description: 'source ccxt' })
  async import(
    @Owner() owner: Principal,
    @Query() query: ImportCsvQuery,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<ImportedBarsDto | AcceptedJobDto> {
    const request = await readImport(query, await this.threads.bodyOf(body));
    if (request.source !== 'ccxt') return this.data.importCsv(owner, request);
    const job = await this.data.fetch(owner, request);
    reply.status(202);
    return acceptedJob(job);
  }

  @Get('symbols')
  @ApiOperation({ summary: 'Stored series' })
  @ApiOkResponse({ type: SymbolsDto })
  symbols(@Query() query: PageQuery): Promise<SymbolsDto> {
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

  @Get('describe')
  @ApiOperation({ summary: 'Statistics of every column of a series' })
  @ApiOkResponse({ type: DescribeDto })
  describe(@Query() query: SeriesQuery): Promise<DescribeDto> {
    return this.data.describe(query);
  }
}

/** The one request behind both forms; fields of the query and of the body may not both be given. */
async function readImport(query: ImportCsvQuery, body: unknown): Promise<ImportBarsDto> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const isCsv = typeof body === 'string';
  if (!isCsv && given.length > 0) {
    const [field, value] = given[0]!;
    throw invalidField(
      field,
      'unknown_field',
      value,
      `${field} belongs in the body of a JSON import, was in the query`,
    );
  }
  const input = isCsv ? { ...Object.fromEntries(given), content: body } : body;
  return (await pipe.transform(input, { type: 'body', metatype: ImportBarsDto })) as ImportBarsDto;
}
