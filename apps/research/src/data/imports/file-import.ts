import type { Timeframe } from '@assay/contracts';
import { marketOf, type ImportOptions } from '@assay/market-data';
import { invalid } from '@assay/primitives';
import type { ImportBarsDto, ReadingFields } from '../data.request';
import { assertTimeframe } from '../market-data';
import { notFor, required } from './import-checks';
import { readingOf } from './import-request';

/** What an import of a file is told, however the file comes. */
export interface FileImport {
  options: Omit<ImportOptions, 'nowMs'>;
  /** Made-up bars. */
  synthetic: boolean;
}

/** Fields of a request that concern the import of a file, and what a job keeps of them. */
type FileFields = Pick<
  ImportBarsDto,
  'source' | 'symbol' | 'timeframe' | 'market' | 'adjust' | 'actions' | 'synthetic' | 'outside_sessions'
>;

/** @throws DomainError for what is missing, and for what does not go with a file */
export function checkFileRequest(body: ImportBarsDto, hasContent: boolean): void {
  assertTimeframe(body.timeframe);
  const problems = [
    ...required('market', body.market),
    ...required('content', hasContent ? true : undefined),
    ...notFor('file', { exchange: body.exchange, start: body.start, end: body.end }),
  ];
  if (problems.length > 0) throw invalid(problems);
}

/** @param fields checked ones */
export const fileImportOf = (fields: FileFields, reading: ReadingFields): FileImport => ({
  options: {
    symbol: fields.symbol,
    source: fields.source,
    timeframe: fields.timeframe as Timeframe,
    market: marketOf(fields.market!)!,
    adjust: fields.adjust ?? 'none',
    actions: fields.actions ?? 'none',
    outsideSessions: fields.outside_sessions ?? 'refuse',
    reading: readingOf(reading),
  },
  synthetic: fields.synthetic ?? false,
});
