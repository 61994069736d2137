import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { StrategyDto } from '../strategies/strategy.response';
import { DemoteDto, PromoteDto } from './promotion.request';
import { StrategyStatusDto } from './promotion.response';
import { PromotionService } from './promotion.service';

/** Named as operations of the strategies whose paths they have. */
@ApiTags('strategies')
@Scopes('research:read')
@Controller('strategies')
export class PromotionController {
  constructor(private readonly promotions: PromotionService) {}

  @Get(':id/status')
  @ApiOperation({ operationId: 'StrategiesController_status', summary: 'Promotion checklist of the newest revision' })
  @ApiOkResponse({ type: StrategyStatusDto })
  status(@Owner() owner: Principal, @Param('id') id: string): Promise<StrategyStatusDto> {
    return this.promotions.status(owner.userId, id);
  }

  @Post(':id/promote')
  @HttpCode(200)
  @Scopes('research:write')
  @ApiOperation({
    operationId: 'StrategiesController_promote',
    summary: 'Promote the newest revision under a policy it passes',
  })
  @ApiOkResponse({ type: StrategyDto })
  promote(@Owner() owner: Principal, @Param('id') id: string, @Body() body: PromoteDto): Promise<StrategyDto> {
    return this.promotions.promote(owner, id, body.policy ?? 'default', body.version);
  }

  @Post(':id/demote')
  @HttpCode(200)
  @Scopes('research:write')
  @ApiOperation({
    operationId: 'StrategiesController_demote',
    summary: 'Take the promotion back; the revision stays validated',
  })
  @ApiOkResponse({ type: StrategyDto })
  demote(@Owner() owner: Principal, @Param('id') id: string, @Body() body: DemoteDto): Promise<StrategyDto> {
    return this.promotions.demote(owner, id, body.reason, body.version);
  }
}
