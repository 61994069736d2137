import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AcceptedJobDto, acceptedJob } from '../../listing/accepted-job.response';
import { SweepDto, SweepMatrixQuery } from './sweep.request';
import { SweepMatrixDto } from './sweep.response';
import { SweepService } from './sweeps.service';

@ApiTags('backtests')
@Scopes('research:read')
@Controller('backtests')
export class SweepsController {
  constructor(private readonly sweeps: SweepService) {}

  @Post('sweep')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Try a grid of parameters or a list of rule trees (job); every cell counts as a trial',
    description:
      'The job runs in shards on all workers; its result does not depend on how many there are. It has columns and rows (one per cell), ' +
      'best and ranking by Sharpe ratio, top by `by`, the row with the highest plateau score and the score of every row, and `search`, ' +
      'which says when only a sample was looked at. Cells evaluated before a sweep fails or is canceled stay counted.',
  })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async sweep(@Owner() owner: Principal, @Body() body: SweepDto): Promise<AcceptedJobDto> {
    return acceptedJob(await this.sweeps.submit(owner.userId, body));
  }

  @Get('sweeps/:job_id/matrix')
  @ApiOperation({ summary: 'A figure of a completed sweep over two of its parameters, for heatmaps' })
  @ApiOkResponse({ type: SweepMatrixDto })
  matrix(
    @Owner() owner: Principal,
    @Param('job_id') jobId: string,
    @Query() query: SweepMatrixQuery,
  ): Promise<SweepMatrixDto> {
    return this.sweeps.matrix(owner, jobId, query);
  }
}
