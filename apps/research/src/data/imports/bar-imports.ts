import type { FetchBarsPayload } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import {
  analyseBars,
  clipToRange,
  FileBarCache,
  SpooledBars,
  type QualityFinding,
  type ReadImport,
  type Series,
  type SpooledImport,
} from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import { Jobs, type JobRow, type Principal } from '@assay/platform';
import { invalid } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { marketStoreOf, qualityStoreOf, queryOf } from '../../records/market/market.store';
import { ActionsService } from '../actions/actions.service';
import type { ImportBarsDto } from '../data.request';
import type { ImportedBarsDto } from '../data.response';
import { aboutSeries } from '../about-series';
import { mayCorrect } from '../may-correct';
import { DataThreads } from '../threads/data-threads';
import { endOfRange, startOfRange } from '../time-range';
import { checkFileRequest, fileImportOf } from './file-import';
import { notFor, required } from './import-checks';
import { readingFields, type FileRequest } from './import-request';

/** A file of a million bars is written, read and judged in one transaction. */
const LONG = { statementMs: 300_000 };
/** One of tens of millions. */
const VERY_LONG = { statementMs: 3_600_000 };

/** Whose bars are stored, and how. */
export interface StoreOptions {
  market: Series['market'];
  synthetic: boolean;
  /** Whether stored bars may be changed too. */
  correct: boolean;
  /** Told how many of the bars are written; what it throws takes everything back. */
  onWritten?: (bars: number) => void;
  /** For what lies on disk meanwhile; needed where the bars do. */
  folder?: string;
}

/** Brings bars into the store, with a report on what the series then is. */
@Injectable()
export class BarImports {
  constructor(
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly threads: DataThreads,
    private readonly actions: ActionsService,
    private readonly cache: FileBarCache,
  ) {}

  /** Stores the bars of a file; nothing is stored when one row is wrong. @throws DomainError naming line, column, rule, value. */
  async importFile(owner: Principal, { body, file }: FileRequest<ImportBarsDto>): Promise<ImportedBarsDto> {
    const content = file ?? body.content;
    checkFileRequest(body, content !== undefined);
    const { options, synthetic } = fileImportOf(body, body);
    const read = await this.threads.readImport(content!, { ...options, nowMs: Date.now() });
    return this.store(read, { market: options.market, synthetic, correct: mayCorrect(owner) });
  }

  /** Stores closed bars that an exchange gave. */
  storeFetched(bars: BarColumns, market: Series['market'], correct: boolean): Promise<ImportedBarsDto> {
    const read = { bars, adjFactor: null, recognised: [], repairs: clipToRange(bars), warnings: [] };
    return this.store(read, { market, synthetic: false, correct });
  }

  /** Bars of an exchange are fetched by a job. */
  async fetch(owner: Principal, body: ImportBarsDto): Promise<JobRow> {
    const problems = [
      ...required('exchange', body.exchange),
      ...required('start', body.start),
      ...required('end', body.end),
      ...notFor('ccxt', {
        content: body.content,
        format: body.format,
        adjust: body.adjust,
        actions: body.actions,
        synthetic: body.synthetic,
        outside_sessions: body.outside_sessions,
        ...readingFields(body),
      }),
    ];
    if (problems.length > 0) throw invalid(problems);
    const { exchange, symbol, timeframe, start, end } = body;
    if (startOfRange('start', start!) > endOfRange('end', end!)) {
      const message = `start must not be after end ${end}, was ${start}`;
      throw invalid([{ field: 'start', rule: 'non_empty_range', value: start, message }]);
    }
    const payload: FetchBarsPayload = {
      exchange: exchange!,
      source: `ccxt.${exchange}`,
      symbol,
      timeframe,
      market: body.market ?? 'CRYPTO',
      start: start!,
      end: end!,
      may_correct: mayCorrect(owner),
    };
    const about = aboutSeries(payload);
    return this.tx.run((em) => this.jobs.submit(em, { kind: 'data.import', ownerId: owner.userId, payload, about }));
  }

  /** Stores bars with a report on their series. */
  async store(
    read: ReadImport | SpooledImport,
    { market, synthetic, correct, onWritten, folder }: StoreOptions,
  ): Promise<ImportedBarsDto> {
    const { actions = [], recognised, repairs, warnings } = read;
    const nowMs = Date.now();
    let keep = (): Promise<void> => Promise.resolve();
    const stored = await this.tx.run(
      async (em) => {
        const store = marketStoreOf(em, this.cache);
        const input = { id: newId(), market, synthetic, nowMs, addOnly: !correct, onWritten };
        // first, so that new bars come with their factors
        const declared =
          actions.length === 0 || 'spooled' in read ? null : await this.actions.put(em, read.bars, actions, correct);
        const imported =
          'spooled' in read
            ? await store.importSpooled({ ...input, bars: read.spooled }, folder!)
            : await store.importBars({ ...input, bars: read.bars, adjFactor: read.adjFactor });
        if (!('spooled' in imported)) keep = imported.keep;
        const { series } = imported;
        const quality = qualityStoreOf(em);
        const noticed = noticedNow(read, await quality.noticed(series.id));
        const judged = { market: series.market, noticed };
        const report =
          'spooled' in imported
            ? await this.threads.qualityOfSpool({ ...judged, spooled: imported.spooled })
            : await this.threads.quality({ ...judged, bars: await store.judged(series, await imported.stored()) });
        const saved = await quality.save({
          id: newId(),
          seriesId: series.id,
          fingerprint: series.fingerprint!,
          report,
          nowMs,
        });
        return {
          series_id: series.id,
          ...rangeOf(read),
          inserted: imported.inserted,
          updated: imported.updated,
          unchanged: imported.unchanged,
          extra_columns: series.extraColumns,
          synthetic: series.synthetic,
          ...{ recognised, repairs, warnings },
          quality: { id: saved.id, errors: saved.errors, warnings: saved.warnings },
          fingerprint: series.fingerprint!,
          actions: declared && {
            added: declared.added,
            changed: declared.changed,
            unchanged: declared.unchanged,
          },
        };
      },
      'spooled' in read ? VERY_LONG : LONG,
    );
    await keep();
    await this.tx.run((em) => analyseBars(queryOf(em), stored));
    return stored;
  }
}

/** What a file lets notice, and what earlier ones did of bars that this one says nothing of. */
function noticedNow(read: ReadImport | SpooledImport, earlier: readonly QualityFinding[]): QualityFinding[] {
  const now = read.warnings.flatMap((w) => (w.code === 'unadjusted_split' ? [{ ...w, code: w.code }] : []));
  const isAdjusted = 'spooled' in read ? read.spooled.factored : read.adjFactor !== null;
  if (!isAdjusted && now.length === 0) return [...earlier];
  const { first, last } = rangeOf(read);
  const isAnswered = (time: string): boolean =>
    Date.parse(time) >= Date.parse(first) && Date.parse(time) <= Date.parse(last);
  return [...now, ...earlier.filter(({ sample }) => !sample.every(isAnswered))];
}

function rangeOf(read: ReadImport | SpooledImport): Pick<ImportedBarsDto, 'bars' | 'first' | 'last'> {
  const iso = (ms: number): string => new Date(ms).toISOString();
  if (!('spooled' in read)) {
    const { openTimeMs } = read.bars;
    return { bars: openTimeMs.length, first: iso(openTimeMs[0]!), last: iso(openTimeMs.at(-1)!) };
  }
  const bars = new SpooledBars(read.spooled);
  try {
    const { count } = read.spooled;
    return { bars: count, first: iso(bars.timeOf(0)), last: iso(bars.timeOf(count - 1)) };
  } finally {
    bars.close();
  }
}
