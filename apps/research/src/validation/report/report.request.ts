import { EnumField } from '@assay/platform';
import { RevisionQuery } from '../validation.request';

export const REPORT_FORMATS = ['json', 'html'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export class ReportQuery extends RevisionQuery {
  @EnumField({ values: REPORT_FORMATS, optional: true, default: 'json', description: 'html: one page to be printed' })
  format?: ReportFormat;
}
