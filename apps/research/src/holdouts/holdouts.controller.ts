import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AcceptedJobDto, acceptedJob } from '../listing/accepted-job.response';
import { HoldoutDto, HoldoutsDto } from '../records/holdouts/holdout.response';
import { LockHoldoutDto, LookHoldoutDto } from './holdout.request';
import { HoldoutsService } from './holdouts.service';

@ApiTags('strategies')
@Scopes('research:read')
@Controller('strategies/:id/holdout')
export class HoldoutsController {
  constructor(private readonly holdouts: HoldoutsService) {}

  @Get()
  @ApiOperation({ summary: 'Final periods that were locked for the lineage of a strategy, and what the looks found' })
  @ApiOkResponse({ type: HoldoutsDto })
  async list(@Owner() owner: Principal, @Param('id') id: string): Promise<HoldoutsDto> {
    return { items: await this.holdouts.list(owner.userId, id) };
  }

  @Post()
  @HttpCode(200)
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Lock a final period of the symbols of a strategy',
    description:
      'Until one look is recorded no run, fit or dataset of the owner reads bars of these symbols from then on; requests that ask for ' +
      'them are refused as `holdout_locked`. Nothing opens it but the look.',
  })
  @ApiOkResponse({ type: HoldoutDto })
  lock(@Owner() owner: Principal, @Param('id') id: string, @Body() body: LockHoldoutDto): Promise<HoldoutDto> {
    return this.holdouts.lock(owner.userId, id, body);
  }

  @Post('look')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Look once: backtest a revision on the locked bars (job)',
    description:
      'The look is bound to the revision, its model and the bars before anything is computed. The same request again answers the same ' +
      'job and result; for another revision there is none (`holdout_spent`). Once it is recorded the bars are open.',
  })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async look(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Body() body: LookHoldoutDto,
  ): Promise<AcceptedJobDto> {
    return acceptedJob(await this.holdouts.look(owner.userId, id, body.revision));
  }
}
