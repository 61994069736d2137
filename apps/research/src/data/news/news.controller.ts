import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FileBody } from '../imports/file-body';
import { fileRequest } from '../imports/import-request';
import { DataThreads } from '../threads/data-threads';
import { ImportNewsDto, ImportNewsQuery, NewsQuery } from './news.request';
import { ImportedNewsDto, NewsPageDto } from './news.response';
import { NewsService } from './news.service';

@ApiTags('data')
@ApiExtraModels(ImportNewsDto)
@Scopes('research:read')
@Controller('data/news')
export class NewsController {
  constructor(
    private readonly news: NewsService,
    private readonly threads: DataThreads,
  ) {}

  @Post('import')
  @HttpCode(200)
  @Scopes('data:write')
  @FileBody(ImportNewsDto)
  @ApiOperation({
    summary:
      'Import news from CSV, JSON, RSS or Atom, with the time since when each piece is known; the same piece is stored once',
  })
  @ApiOkResponse({ type: ImportedNewsDto })
  async import(
    @Owner() owner: Principal,
    @Query() query: ImportNewsQuery,
    @Body() body: unknown,
  ): Promise<ImportedNewsDto> {
    const shapes = { body: ImportNewsDto, query: ImportNewsQuery };
    return this.news.import(owner, await fileRequest(query, await this.threads.bodyOf(body), shapes));
  }

  @Get()
  @ApiOperation({
    summary: 'News by symbol, source, time of publication and what was known at a time (as_of), the newest first',
  })
  @ApiOkResponse({ type: NewsPageDto })
  list(@Query() query: NewsQuery): Promise<NewsPageDto> {
    return this.news.list(query);
  }
}
