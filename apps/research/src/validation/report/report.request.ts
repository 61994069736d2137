import { ReportFormatField, type ReportFormat } from '../../reports/report-format';
import { RevisionQuery } from '../validation.request';

export class ReportQuery extends RevisionQuery {
  @ReportFormatField() format?: ReportFormat;
}
