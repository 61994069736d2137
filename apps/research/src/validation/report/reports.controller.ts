import { Owner, Scopes, type Principal } from '@assay/platform';
import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { reportFile } from '../../reports/report-file';
import { reportPage } from './report-page';
import { ReportQuery } from './report.request';
import { ValidationReportDto } from './report.response';
import { ReportsService } from './reports.service';

@ApiTags('validation')
@Scopes('research:read')
@Controller('validation')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('strategies/:id/report')
  @ApiOperation({
    summary: 'The verdicts on a revision with all that they rest on, as a document that stands by itself',
    description:
      'What the gates were judged on: thresholds, figures and their words, the runs, the trial ledger, and the hashes of recipe, bars, model and evidence. ' +
      'As JSON, or as one HTML page with its pictures, to be kept or printed. 409 `not_ready` before a validation of the revision has completed.',
  })
  @ApiProduces('application/json', 'text/html')
  @ApiOkResponse({ type: ValidationReportDto })
  async report(
    @Owner() owner: Principal,
    @Param('id') id: string,
    @Query() { revision, format = 'json' }: ReportQuery,
  ): Promise<StreamableFile> {
    const report = await this.reports.of(owner.userId, id, revision);
    return reportFile(`validation-report_${id}_${report.strategy.revision}`, report, format, reportPage);
  }
}
