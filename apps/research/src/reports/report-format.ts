import { EnumField } from '@assay/platform';

const REPORT_FORMATS = ['json', 'html'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Of the query of a report. */
export const ReportFormatField = (): PropertyDecorator =>
  EnumField({ values: REPORT_FORMATS, optional: true, default: 'json', description: 'html: one page to be printed' });
