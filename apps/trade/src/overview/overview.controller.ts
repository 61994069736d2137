import type { Principal } from '@assay/platform';
import { Owner, Scopes } from '@assay/platform';
import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LogQueryDto } from '../deployments/deployment.request';
import { OverviewDto, ProfitPageDto } from './overview.response';
import { OverviewService } from './overview.service';

@ApiTags('overview')
@Scopes('trade:read')
@Controller()
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get('overview')
  @ApiOperation({
    summary: 'The own fleet at a glance: deployments with position, profit and last run, and the accounts',
  })
  @ApiOkResponse({ type: OverviewDto })
  get(@Owner() owner: Principal): Promise<OverviewDto> {
    return this.overview.get(owner);
  }

  @Get('deployments/:deploymentId/profit')
  @ApiOperation({
    summary: 'Profit of a deployment at each of its decisions, from its fills and the prices it decided on',
  })
  @ApiOkResponse({ type: ProfitPageDto })
  profit(
    @Owner() owner: Principal,
    @Param('deploymentId', ParseUUIDPipe) id: string,
    @Query() query: LogQueryDto,
  ): Promise<ProfitPageDto> {
    return this.overview.profit(owner, id, query);
  }
}
