import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, HttpCode, Post, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiExtraModels, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { FileBody } from '../imports/file-body';
import { fileRequest } from '../imports/import-request';
import { DataThreads } from '../threads/data-threads';
import { TradeBarsBody, TradeBarsQuery } from './trade-bars.request';
import { StoredTradeBarsDto, TradeBarsDto } from './trade-bars.response';
import { TradeBarsService } from './trade-bars.service';

@ApiTags('data')
@ApiExtraModels(TradeBarsBody, TradeBarsDto)
@Scopes('research:read')
@Controller('data/trades')
export class TradeBarsController {
  constructor(
    private readonly service: TradeBarsService,
    private readonly threads: DataThreads,
  ) {}

  @Post('bars')
  @HttpCode(200)
  @FileBody(TradeBarsBody)
  @ApiOperation({
    summary:
      'Bars of a file of trades, by time, number of trades, volume or traded value; bars of time may be stored as a series',
  })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: TradeBarsDto, description: 'the bars; with format csv as a file' })
  @ApiCreatedResponse({ type: StoredTradeBarsDto, description: 'with into' })
  async bars(
    @Owner() owner: Principal,
    @Query() query: TradeBarsQuery,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<StreamableFile | StoredTradeBarsDto> {
    const shapes = { body: TradeBarsBody, query: TradeBarsQuery };
    const request = await fileRequest(query, await this.threads.bodyOf(body), shapes);
    if (request.body.into === undefined) return this.service.bars(request);
    const stored = await this.service.store(owner, request);
    reply.status(201);
    return stored;
  }
}
