import { Owner, PRODUCED_TABLES, type Principal, Scopes, streamJson } from '@assay/platform';
import { Controller, Get, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { answer, type Reply } from '../listing/answer-table';
import { BacktestFigures } from './backtest-figures.service';
import { INTERVAL_COLUMNS, MONTH_COLUMNS, rollingColumns, worstBarColumns } from './backtest-tables';
import { FormatQuery } from '../listing/format.request';
import { IntervalsQuery, RollingQuery } from './backtest.request';
import { CalendarReturnsDto, IntervalsDto, RollingDto, WorstBarsDto } from './backtest.response';

@ApiTags('backtests')
@Scopes('research:read')
@Controller('backtests')
export class BacktestFiguresController {
  constructor(private readonly figures: BacktestFigures) {}

  @Get(':id/calendar-returns')
  @ApiOperation({ summary: "Returns by month and year of the market's own dates; as a table the months" })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: CalendarReturnsDto })
  async calendarReturns(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format }: FormatQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { months: items, ...rest } = await this.figures.calendarReturns(owner.userId, id);
    return answer(reply, format, {
      ...{ name: `calendar-returns_${id}`, columns: MONTH_COLUMNS, items },
      json: () => streamJson(rest, 'months', items),
    });
  }

  @Get(':id/rolling')
  @ApiOperation({ summary: 'Sharpe ratio, volatility, beta and drawdown of the window that ends at each bar' })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: RollingDto })
  async rolling(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { window: asked, format }: RollingQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { timeframe, window, items } = await this.figures.rolling(owner.userId, id, asked);
    return answer(reply, format, {
      ...{ name: `rolling_${id}`, columns: rollingColumns(timeframe), items },
      json: () => streamJson({ window }, 'items', items),
    });
  }

  @Get(':id/intervals')
  @ApiOperation({
    summary: 'Intervals of every metric by a block bootstrap, errors of the Sharpe ratio',
    description:
      'Of 90 and 95 %, of what returns of this kind may have in another order. They know nothing of how many strategies were tried. ' +
      'The same request has the same answer. As a table the metrics.',
  })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: IntervalsDto })
  async intervals(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format, ...asked }: IntervalsQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { items, ...rest } = await this.figures.intervals(owner.userId, id, asked);
    return answer(reply, format, {
      ...{ name: `intervals_${id}`, columns: INTERVAL_COLUMNS, items },
      json: () => streamJson(rest, 'items', items),
    });
  }

  @Get(':id/worst-bars')
  @ApiOperation({ summary: 'The deepest losses of one bar, with their dates' })
  @ApiProduces('application/json', ...PRODUCED_TABLES)
  @ApiOkResponse({ type: WorstBarsDto })
  async worstBars(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format }: FormatQuery,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<StreamableFile> {
    const { timeframe, items } = await this.figures.worstBars(owner.userId, id);
    return answer(reply, format, { name: `worst-bars_${id}`, columns: worstBarColumns(timeframe), items });
  }
}
