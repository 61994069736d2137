import { ReportFormatField, type ReportFormat } from '../../reports/report-format';

export class BacktestReportQuery {
  @ReportFormatField() format?: ReportFormat;
}
