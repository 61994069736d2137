import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AcceptedJobDto, acceptedJob } from '../../listing/accepted-job.response';
import { StrategyDto } from '../../strategies/strategy.response';
import { LeaderboardQuery, StrategyOfCellDto, SweepDto, SweepMatrixQuery } from './sweep.request';
import { SweepLeaderboardDto, SweepMatrixDto } from './sweep.response';
import { SweptCells } from './swept-cells.service';
import { SweepService } from './sweeps.service';

@ApiTags('backtests')
@Scopes('research:read')
@Controller('backtests')
export class SweepsController {
  constructor(
    private readonly sweeps: SweepService,
    private readonly cells: SweptCells,
  ) {}

  @Post('sweep')
  @HttpCode(202)
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Try a grid of parameters or a list of rule trees (job); every cell counts as a trial',
    description:
      'The job runs in shards on all workers; its result does not depend on how many there are. It has columns and rows (one per cell), ' +
      'best and ranking by Sharpe ratio, top by `by`, the row with the highest plateau score and the score of every row, and `search`, ' +
      'which says when only a sample was looked at. Cells of a universe all trade on the bars that the sweep began with, of all its symbols. Cells evaluated before a sweep fails or is canceled stay counted.',
  })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async sweep(@Owner() owner: Principal, @Body() body: SweepDto): Promise<AcceptedJobDto> {
    return acceptedJob(await this.sweeps.submit(owner.userId, body));
  }

  @Get('sweeps/:job_id/leaderboard')
  @ApiOperation({ summary: 'The cells of a completed sweep, best first' })
  @ApiOkResponse({ type: SweepLeaderboardDto })
  leaderboard(
    @Owner() owner: Principal,
    @Param('job_id') jobId: string,
    @Query() query: LeaderboardQuery,
  ): Promise<SweepLeaderboardDto> {
    return this.cells.leaderboard(owner, jobId, query);
  }

  @Post('sweeps/:job_id/strategies')
  @Scopes('research:write')
  @ApiOperation({
    summary: 'Make a strategy of a cell',
    description:
      'A draft with the parameters of the cell, in the lineage of the strategy that was swept: every trial of the sweep, and all before ' +
      'it, counts when it is judged.',
  })
  @ApiCreatedResponse({ type: StrategyDto })
  toStrategy(
    @Owner() owner: Principal,
    @Param('job_id') jobId: string,
    @Body() body: StrategyOfCellDto,
  ): Promise<StrategyDto> {
    return this.cells.toStrategy(owner, jobId, body);
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
