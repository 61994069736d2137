import { Owner, Scopes, type Principal } from '@assay/platform';
import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { reportFile } from '../../reports/report-file';
import { backtestReportPage } from './backtest-report-page';
import { BacktestReportQuery } from './backtest-report.request';
import { BacktestReportDto } from './backtest-report.response';
import { BacktestReports } from './backtest-reports.service';

@ApiTags('backtests')
@Scopes('research:read')
@Controller('backtests')
export class BacktestReportsController {
  constructor(private readonly reports: BacktestReports) {}

  @Get(':id/report')
  @ApiOperation({
    summary: 'A completed backtest with all that it rests on, as a document that stands by itself',
    description:
      'Figures with what they are, equity and drawdown beside buy and hold, months, costs, trades on their prices, or contributions of a universe, ' +
      'settings, and the hashes of recipe, bars and result. As JSON, or as one HTML page with its pictures, to be kept or printed.',
  })
  @ApiProduces('application/json', 'text/html')
  @ApiOkResponse({ type: BacktestReportDto })
  async report(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { format = 'json' }: BacktestReportQuery,
  ): Promise<StreamableFile> {
    const report = await this.reports.of(owner.userId, id);
    return reportFile(`backtest-report_${id}`, report, format, backtestReportPage);
  }
}
