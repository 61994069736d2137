import type { ReportProgress, TaskHandlers } from '@assay/compute';
import { readJsonText, type JsonText, type MarketCode, type Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import {
  barsOfTrades,
  calendarFor,
  coverageOf,
  coverageSvg,
  dateOfUtc,
  inspectBarsFile,
  marketDates,
  pointInTimeJoin,
  qualityReport,
  PIECE_LIMITS,
  qualityOf,
  readImport,
  readObservations,
  readImportFile,
  SpooledBars,
  windowsOfSpool,
  resampleBars,
  sessionCloseMs,
  tradeBarsToCsv,
  type BarsOfTrades,
  type FileInspection,
  type ImportOptions,
  type ObservationReadOptions,
  type Observations,
  type QualityFinding,
  type QualityReport,
  type PieceLimits,
  type ReadImport,
  type ReadObservations,
  type SpooledBarsFacts,
  type SpooledImport,
  type ReadOptions,
  type Resampled,
  type ResampleOptions,
  type TradeBarsOptions,
} from '@assay/market-data';
import type {
  BarsProfile,
  Closes,
  ColumnSummary,
  Correlated,
  CorrelationMethod,
  Correlations,
  ProfileOptions,
} from '@assay/market-data/frames';
import type { KnownNews, NewsMeasure, NewsWindow } from '@assay/market-data/sentiment';
import type { NewsReadOptions, ReadNews } from '@assay/market-data/news';
import { datasetProfile } from './dataset-profile';
import { rollingMetrics, type RollingInput, type RollingMetrics } from '@assay/quant';
import { encodeBatch } from '@assay/tables';

export interface JudgedBars {
  bars: BarColumns;
  market: MarketCode;
  /** Warnings of the import that the bars alone do not show. */
  noticed: readonly QualityFinding[];
}

/** Bars on disk, in place of those in memory. */
export type JudgedSpool = Omit<JudgedBars, 'bars'> & { spooled: SpooledBarsFacts };

const WINDOW_BARS = 16_384;

/** A file on disk that is imported, and an empty folder for what lies between. */
export interface ImportedFile {
  path: string;
  folder: string;
  options: ImportOptions;
  /** What may lie in memory, where it is other than usual. */
  limits?: Partial<PieceLimits>;
}

export interface ResampleTask extends Omit<ResampleOptions, 'calendar'> {
  bars: BarColumns;
  market: MarketCode;
}

export interface JoinTask {
  openTimeMs: Float64Array;
  timeframe: Timeframe;
  market: MarketCode;
  series: { observations: Observations; maxAgeMs: number }[];
}

export interface ClockTask {
  openTimeMs: Float64Array;
  timeframe: Timeframe;
  market: MarketCode;
}

export interface JoinNewsTask extends ClockTask {
  /** Adjusted. */
  close: Float64Array;
  columns: { measure: NewsMeasure; window: NewsWindow; news: KnownNews[] }[];
}

export interface JoinedNews {
  values: Float64Array;
  fingerprint: string;
}

export interface TradesTask {
  bytes: Uint8Array;
  options: TradeBarsOptions;
  /** Whether the bars are wanted as CSV too. */
  asCsv: boolean;
}

export interface ProfileTask {
  bars: BarColumns;
  options: ProfileOptions;
}

export interface CorrelationTask {
  closes: Closes[];
  of: Correlated;
  method: CorrelationMethod;
}

/** What takes long in the HTTP process, by the name under which its threads serve it. */
export const dataTasks = {
  readJson: (bytes: Uint8Array): JsonText => readJsonText(bytes),
  readImport: ({ content, options }: { content: string | Uint8Array; options: ImportOptions }): Promise<ReadImport> =>
    readImport(content, options),
  readImportFile: (file: ImportedFile, report: ReportProgress): Promise<ReadImport | SpooledImport> =>
    readImportFile(file.path, file.options, file.folder, { ...PIECE_LIMITS, ...file.limits }, report),
  inspect: ({ bytes, options }: { bytes: Uint8Array; options: ReadOptions }): Promise<FileInspection> =>
    inspectBarsFile(bytes, options),
  quality: ({ bars, market, noticed }: JudgedBars): QualityReport => qualityReport(bars, calendarFor(market), noticed),
  qualityOfSpool: ({ spooled, market, noticed }: JudgedSpool): QualityReport => {
    const bars = new SpooledBars(spooled);
    try {
      return qualityOf(windowsOfSpool(bars, WINDOW_BARS), calendarFor(market), noticed);
    } finally {
      bars.close();
    }
  },
  resample: ({ bars, market, ...options }: ResampleTask): Resampled =>
    resampleBars(bars, { ...options, calendar: calendarFor(market) }),
  readObservations: ({
    content,
    options,
  }: {
    content: Uint8Array;
    options: ObservationReadOptions;
  }): Promise<ReadObservations> => readObservations(content, options),
  /** What was known at the close of each bar, a column a series. */
  join: ({ openTimeMs, timeframe, market, series }: JoinTask): Float64Array[] => {
    const closesMs = openTimeMs.map(sessionCloseMs(calendarFor(market), timeframe));
    return series.map(({ observations, maxAgeMs }) => pointInTimeJoin(closesMs, observations, maxAgeMs));
  },
  /** What stored news said at the close of each bar, a column each. */
  joinNews: async ({ close, columns, ...clock }: JoinNewsTask): Promise<JoinedNews[]> => {
    const { newsColumn, newsFingerprint, newsStates } = await import('@assay/market-data/sentiment');
    const closesMs = dataTasks.closes(clock);
    return columns.map(({ measure, window, news }) => ({
      values: newsColumn(measure, newsStates(news), { closesMs, close }, window),
      fingerprint: newsFingerprint(news),
    }));
  },
  /** When each bar is complete. */
  closes: ({ openTimeMs, timeframe, market }: ClockTask): Float64Array =>
    openTimeMs.map(sessionCloseMs(calendarFor(market), timeframe)),
  /** The market's own date of each bar, as its midnight in UTC. */
  dates: ({ openTimeMs, timeframe, market }: ClockTask): Float64Array =>
    marketDates(openTimeMs, timeframe, calendarFor(market)),
  rolling: (input: RollingInput): RollingMetrics => rollingMetrics(input),
  readNews: async ({ content, options }: { content: Uint8Array; options: NewsReadOptions }): Promise<ReadNews> => {
    // only who reads news pays for the parser of markup
    const { readNews } = await import('@assay/market-data/news');
    return readNews(content, options);
  },
  tradeBars: async ({ bytes, options, asCsv }: TradesTask): Promise<{ made: BarsOfTrades; csv: string | null }> => {
    const made = await barsOfTrades(bytes, options);
    return { made, csv: asCsv ? tradeBarsToCsv(made) : null };
  },
  /** An SVG document. */
  coverage: ({ bars, market, title }: { bars: BarColumns; market: MarketCode; title: string }): string => {
    const coverage = coverageOf(bars, calendarFor(market));
    const outside = coverage.outside.map((bar) => dateOfUtc(bars.openTimeMs[bar]!));
    return coverageSvg(title, coverage, outside);
  },
  encodeBatch,
  describe: async (bars: BarColumns): Promise<ColumnSummary[]> => {
    // danfo takes over a second to load: the thread that first needs it pays
    const { describeBars } = await import('@assay/market-data/frames');
    return describeBars(bars);
  },
  profile: async ({ bars, options }: ProfileTask): Promise<BarsProfile> => {
    const { profileBars } = await import('@assay/market-data/frames');
    return profileBars(bars, options);
  },
  datasetProfile,
  correlation: async ({ closes, of, method }: CorrelationTask): Promise<Correlations> => {
    const { correlate } = await import('@assay/market-data/frames');
    return correlate(closes, of, method);
  },
  requireExchange: async ({ exchange, field }: { exchange: string; field: string }): Promise<void> => {
    const { requireExchange } = await import('@assay/market-data/feeds');
    requireExchange(exchange, field);
  },
} satisfies TaskHandlers;

export type DataTasks = typeof dataTasks;
