import { Owner, PRODUCED_TABLES, Scopes, type Principal } from '@assay/platform';
import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ExportBarsQuery } from './export.request';
import { ExportService } from './export.service';

@ApiTags('data')
@Scopes('research:read')
@Controller('data')
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Get('export')
  @ApiOperation({
    summary:
      'All bars of a series or range as a file that an import reads back bit for bit: date, open, high, low, close, volume, ' +
      'then further columns; a missing value is an empty cell, in Parquet null. A broken connection is a broken file',
  })
  @ApiProduces(...PRODUCED_TABLES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  bars(@Owner() owner: Principal, @Query() query: ExportBarsQuery): Promise<StreamableFile> {
    return this.exports.bars(owner.userId, query);
  }
}
