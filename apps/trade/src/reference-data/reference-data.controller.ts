import type { Principal } from '@assay/platform';
import { Owner, Scopes } from '@assay/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TimePageQueryDto } from '../listing/time-page';
import { MappingPageDto, StoredFxRateDto, StoredMappingDto } from './reference-data.response';
import { FxRateDto, InstrumentDto, TickerMappingDto } from './reference-data.request';
import { ReferenceDataService } from './reference-data.service';

@ApiTags('reference data')
@Controller()
export class ReferenceDataController {
  constructor(private readonly referenceData: ReferenceDataService) {}

  @Post('ticker-mappings')
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Map a data symbol to the symbol of a broker' })
  @ApiCreatedResponse({ type: StoredMappingDto })
  addMapping(@Owner() owner: Principal, @Body() body: TickerMappingDto): Promise<StoredMappingDto> {
    return this.referenceData.addMapping(owner, body);
  }

  @Get('ticker-mappings')
  @Scopes('trade:read')
  @ApiOperation({ summary: 'All ticker mappings' })
  @ApiOkResponse({ type: MappingPageDto })
  mappings(@Query() query: TimePageQueryDto): Promise<MappingPageDto> {
    return this.referenceData.mappings(query);
  }

  @Delete('ticker-mappings/:id')
  @HttpCode(204)
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Remove a ticker mapping' })
  @ApiNoContentResponse()
  removeMapping(@Owner() owner: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.referenceData.removeMapping(owner, id);
  }

  @Put('fx-rates')
  @Scopes('admin')
  @ApiOperation({ summary: 'State the rate of a currency on a day' })
  @ApiOkResponse({ type: StoredFxRateDto })
  putFxRate(@Owner() owner: Principal, @Body() body: FxRateDto): Promise<StoredFxRateDto> {
    return this.referenceData.putFxRate(owner, body);
  }

  @Put('instruments')
  @Scopes('admin')
  @ApiOperation({ summary: 'State the order rules of a symbol at a broker' })
  @ApiOkResponse({ type: InstrumentDto })
  putInstrument(@Owner() owner: Principal, @Body() body: InstrumentDto): Promise<InstrumentDto> {
    return this.referenceData.putInstrument(owner, body);
  }
}
