import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FileBody } from '../imports/file-body';
import { fileRequest } from '../imports/import-request';
import { DataThreads } from '../threads/data-threads';
import {
  ImportObservationsDto,
  ImportObservationsQuery,
  ObservationSeriesQuery,
  ObservationValuesQuery,
} from './observation.request';
import { ImportedObservationsDto, ObservationSeriesPageDto, ObservationValuesDto } from './observation.response';
import { ObservationsService } from './observations.service';

@ApiTags('data')
@ApiExtraModels(ImportObservationsDto)
@Scopes('research:read')
@Controller('data/observations')
export class ObservationsController {
  constructor(
    private readonly observations: ObservationsService,
    private readonly threads: DataThreads,
  ) {}

  @Post('import')
  @HttpCode(200)
  @Scopes('data:write')
  @FileBody(ImportObservationsDto)
  @ApiOperation({
    summary:
      'Import external series, such as macro figures or reports of companies, with the time since when each value is known; ' +
      'revisions are kept. With scope data:correct what was known earlier is corrected too',
  })
  @ApiOkResponse({ type: ImportedObservationsDto })
  async import(
    @Owner() owner: Principal,
    @Query() query: ImportObservationsQuery,
    @Body() body: unknown,
  ): Promise<ImportedObservationsDto> {
    const shapes = { body: ImportObservationsDto, query: ImportObservationsQuery };
    return this.observations.import(owner, await fileRequest(query, await this.threads.bodyOf(body), shapes));
  }

  @Get()
  @ApiOperation({ summary: 'External series, by name, symbol and source' })
  @ApiOkResponse({ type: ObservationSeriesPageDto })
  list(@Query() query: ObservationSeriesQuery): Promise<ObservationSeriesPageDto> {
    return this.observations.list(query);
  }

  @Get(':id/values')
  @ApiOperation({ summary: 'Values of an external series with all revisions, or as they were known at a time (as_of)' })
  @ApiOkResponse({ type: ObservationValuesDto })
  values(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: ObservationValuesQuery,
  ): Promise<ObservationValuesDto> {
    return this.observations.values(id, query);
  }
}
