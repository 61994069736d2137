import { Owner, PRODUCED_TABLES, type Principal, Scopes, streamJson } from '@assay/platform';
import { Controller, Get, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { answer, type Reply } from '../listing/answer-table';
import { FormatQuery } from '../listing/format.request';
import { BacktestRobustness } from './backtest-robustness.service';
import { DRAWN_COLUMNS, drawnRows, STRESS_COLUMNS, stressRows } from './backtest-tables';
import { MonteCarloQuery } from './backtest.request';
import { MonteCarloDto, StressDto } from './backtest.response';

@ApiTags('backtests')
@Scopes('research:read')
@Controller('backtests')
export class BacktestRobustnessController {
  constructor(private readonly robustness: BacktestRobustness) {}

  @Get(':id/stress')
  @ApiOperation({
    summary: 'Every metric under higher fees, more slippage, a later decision and missed fills',
    description:
      'The bars that the backtest read are run again: fees twice as high, slippage three times, every decision one bar later, 5 % of the orders ' +
      'not filled, costs and delay together. The same request has the same answer. No trial is recorded. As a table a row for each scenario.',
  })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: StressDto })
  async stress(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format }: FormatQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { items, ...rest } = await this.robustness.stress(owner.userId, id);
    return answer(reply, format, {
      ...{ name: `stress_${id}`, columns: STRESS_COLUMNS, items: stressRows(items) },
      json: () => streamJson(rest, 'items', items),
    });
  }

  @Get(':id/monte-carlo')
  @ApiOperation({
    summary:
      'The run with other luck: its trades in another order, its positions at random times, other histories, other numbers',
    description:
      'Distributions of drawdown, return and Sharpe ratio over seeded draws. The same request has the same answer. No trial is recorded. As a ' +
      'table a row for each figure of each method.',
  })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: MonteCarloDto })
  async monteCarlo(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format, ...asked }: MonteCarloQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { methods, ...rest } = await this.robustness.monteCarlo(owner.userId, id, asked);
    return answer(reply, format, {
      ...{ name: `monte-carlo_${id}`, columns: DRAWN_COLUMNS, items: drawnRows(methods) },
      json: () => streamJson(rest, 'methods', methods),
    });
  }
}
