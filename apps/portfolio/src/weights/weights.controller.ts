import { Owner } from '@assay/platform';
import type { Principal } from '@assay/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { WeightsQuery } from './weights.request';
import { WeightsDto } from './weights.response';
import { WeightsService } from './weights.service';

@ApiTags('weights')
@Controller('weights')
export class WeightsController {
  constructor(private readonly service: WeightsService) {}

  @Get()
  @ApiOperation({ summary: 'Target weights over the own promoted strategies' })
  @ApiOkResponse({ type: WeightsDto })
  weights(@Owner() owner: Principal, @Query() { method = 'equal' }: WeightsQuery): Promise<WeightsDto> {
    return this.service.of(owner.userId, method);
  }
}
