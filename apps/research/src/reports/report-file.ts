import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { ReportFormat } from './report-format';

/** A report as a file to be kept: its document, or the page that shows it. */
export function reportFile<T>(
  name: string,
  report: T,
  format: ReportFormat,
  page: (report: T) => string,
): StreamableFile {
  const [text, type] =
    format === 'html'
      ? [page(report), 'text/html; charset=utf-8']
      : [`${JSON.stringify(report, null, 2)}\n`, 'application/json; charset=utf-8'];
  return new StreamableFile(Readable.from([Buffer.from(text)]), {
    type,
    disposition: `attachment; filename="${name}.${format}"`,
  });
}
