import type { MarketCode } from '@assay/contracts';
import { builtEntry, TaskPool, type RunOptions } from '@assay/compute';
import {
  inspectBarsFile,
  isPacked,
  readImport,
  type BarsOfTrades,
  type FileInspection,
  type ImportOptions,
  type ObservationReadOptions,
  type QualityReport,
  type ReadImport,
  type ReadObservations,
  type SpooledImport,
  type ReadOptions,
  type Resampled,
} from '@assay/market-data';
import type { BarColumns } from '@assay/domain';
import type { BarsProfile, ColumnSummary, Correlations } from '@assay/market-data/frames';
import type { NewsReadOptions, ReadNews } from '@assay/market-data/news';
import { currentOperation } from '@assay/persistence';
import { jsonBodyOf, RawBody, readForm, SpooledBody } from '@assay/platform';
import { encodeBatch, type EncodedBatch, type EncodeTask } from '@assay/tables';
import type { RollingInput, RollingMetrics } from '@assay/quant';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  dataTasks,
  type ClockTask,
  type CorrelationTask,
  type DataTasks,
  type JoinedNews,
  type JoinNewsTask,
  type JoinTask,
  type ImportedFile,
  type JudgedBars,
  type JudgedSpool,
  type ProfileTask,
  type ResampleTask,
  type TradesTask,
} from './data-tasks';
import type { DatasetProfile, DatasetProfileTask } from './dataset-profile';

/** Below it the way to another thread costs more than the work. */
export const INLINE_BYTES = 256 * 1024;
const INLINE_BARS = 5_000;
const THREADS = 2;

/** What a request brings: a JSON document, a file, or a form with a file; without bytes where the file lies on disk. */
export type ReadBody =
  | { kind: 'json'; value: unknown }
  | { kind: 'file'; bytes: Uint8Array | null; name?: undefined }
  | { kind: 'form'; bytes: Uint8Array | null; name?: string; fields: Record<string, string> };

/** What is read here in no time. */
const isShort = (content: string | Uint8Array): boolean =>
  content.length < INLINE_BYTES && (typeof content === 'string' || !isPacked(content));

const formBody = (bytes: Uint8Array | null, name: string, fields: Record<string, string>): ReadBody => ({
  ...{ kind: 'form', bytes, fields },
  ...(name === '' ? {} : { name }),
});

const spooled = ({ form }: SpooledBody): ReadBody =>
  form === null ? { kind: 'file', bytes: null } : formBody(null, form.name, form.fields);

/** Threads of the process for what would keep its other requests waiting. Nobody waits for a client who has gone. */
@Injectable()
export class DataThreads implements OnModuleDestroy {
  private pool?: TaskPool;

  /** @throws DomainError as for any other body */
  async bodyOf(body: unknown): Promise<ReadBody> {
    if (body instanceof SpooledBody) return spooled(body);
    if (!(body instanceof RawBody)) return { kind: 'json', value: body };
    const { type, bytes, contentType } = body;
    if (type === 'json') return { kind: 'json', value: jsonBodyOf(await this.run('readJson', bytes)) };
    if (type === 'file') return { kind: 'file', bytes };
    const { file, fields } = await readForm(bytes, contentType);
    return formBody(file.bytes, file.name, fields);
  }

  async readImport(content: string | Uint8Array, options: ImportOptions): Promise<ReadImport> {
    return isShort(content) ? readImport(content, options) : this.run('readImport', { content, options });
  }

  /** An import of a file on disk, ended with its thread when the signal is. */
  readImportFile(file: ImportedFile, { signal, onProgress }: RunOptions): Promise<ReadImport | SpooledImport> {
    return this.run('readImportFile', file, { signal, onProgress });
  }

  qualityOfSpool(judged: JudgedSpool): Promise<QualityReport> {
    return this.run('qualityOfSpool', judged);
  }

  async inspect(content: string | Uint8Array, options: ReadOptions): Promise<FileInspection> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    return isShort(bytes) ? inspectBarsFile(bytes, options) : this.run('inspect', { bytes, options });
  }

  async quality(judged: JudgedBars): Promise<QualityReport> {
    const inline = judged.bars.openTimeMs.length < INLINE_BARS;
    return inline ? dataTasks.quality(judged) : this.run('quality', judged);
  }

  /** The bars are the thread's from then on. */
  async resample(task: ResampleTask): Promise<Resampled> {
    return task.bars.openTimeMs.length < INLINE_BARS
      ? dataTasks.resample(task)
      : this.give('resample', task, task.bars);
  }

  async readObservations(content: string | Uint8Array, options: ObservationReadOptions): Promise<ReadObservations> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const task = { content: bytes, options };
    return isShort(bytes) ? dataTasks.readObservations(task) : this.run('readObservations', task);
  }

  async readNews(content: string | Uint8Array, options: NewsReadOptions): Promise<ReadNews> {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const task = { content: bytes, options };
    return isShort(bytes) ? dataTasks.readNews(task) : this.run('readNews', task);
  }

  /** What was known at the close of each bar, a column a series. */
  async join(task: JoinTask): Promise<Float64Array[]> {
    return task.openTimeMs.length < INLINE_BARS ? dataTasks.join(task) : this.run('join', task);
  }

  /** What stored news said at the close of each bar, a column each. */
  async joinNews(task: JoinNewsTask): Promise<JoinedNews[]> {
    const pieces = task.columns.reduce((sum, { news }) => sum + news.length, 0);
    return task.openTimeMs.length + pieces < INLINE_BARS ? dataTasks.joinNews(task) : this.run('joinNews', task);
  }

  /** When each bar is complete, by its session. */
  async closes(task: ClockTask): Promise<Float64Array> {
    return task.openTimeMs.length < INLINE_BARS ? dataTasks.closes(task) : this.run('closes', task);
  }

  /** The market's own date of each bar, as its midnight in UTC. */
  async dates(task: ClockTask): Promise<Float64Array> {
    return task.openTimeMs.length < INLINE_BARS ? dataTasks.dates(task) : this.run('dates', task);
  }

  /** Each bar takes as long as its window is wide. */
  async rolling(input: RollingInput): Promise<RollingMetrics> {
    const isShort = input.returns.length * input.window < INLINE_BYTES;
    return isShort ? dataTasks.rolling(input) : this.run('rolling', input);
  }

  async tradeBars(task: TradesTask): Promise<{ made: BarsOfTrades; csv: string | null }> {
    return isShort(task.bytes) ? dataTasks.tradeBars(task) : this.run('tradeBars', task);
  }

  /** The sessions of a series and what it has of each, as an SVG document. The bars are the thread's from then on. */
  coverage(bars: BarColumns, market: MarketCode, title: string): Promise<string> {
    return this.give('coverage', { bars, market, title }, bars);
  }

  /** Rows of a table as bytes of a file. */
  encode(task: EncodeTask): Promise<EncodedBatch> {
    return task.batch.rows < INLINE_BARS ? encodeBatch(task) : this.run('encodeBatch', task);
  }

  /** The bars are the thread's from then on. */
  describe(bars: BarColumns): Promise<ColumnSummary[]> {
    return this.give('describe', bars, bars);
  }

  /** The bars are the thread's from then on. */
  profile(task: ProfileTask): Promise<BarsProfile> {
    return this.give('profile', task, task.bars);
  }

  /** As many datasets lie in memory as there are threads, however many are asked for; the others wait. */
  datasetProfile(task: DatasetProfileTask): Promise<DatasetProfile> {
    return this.run('datasetProfile', task);
  }

  /** @throws DomainError `insufficient_data` for too few bars in common */
  correlation(task: CorrelationTask): Promise<Correlations> {
    return this.run('correlation', task);
  }

  /** @throws DomainError `validation_failed` for what is no exchange that gives bars */
  requireExchange(exchange: string, field: string): Promise<void> {
    return this.run('requireExchange', { exchange, field });
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool?.close();
  }

  /** Runs a task on bars that nobody here reads again: to copy a million of them would keep all other requests waiting. */
  private give<N extends keyof DataTasks>(
    task: N,
    input: Parameters<DataTasks[N]>[0],
    bars: BarColumns,
  ): Promise<Awaited<ReturnType<DataTasks[N]>>> {
    const { openTimeMs, open, high, low, close, volume, extra } = bars;
    const columns = [openTimeMs, open, high, low, close, volume, ...Object.values(extra)];
    const memory = new Set(columns.map(({ buffer }) => buffer).filter((one) => one instanceof ArrayBuffer));
    return this.run(task, input, { signal: currentOperation()?.signal, transfer: [...memory] });
  }

  private run<N extends keyof DataTasks>(
    task: N,
    input: Parameters<DataTasks[N]>[0],
    options: RunOptions = { signal: currentOperation()?.signal },
  ): Promise<Awaited<ReturnType<DataTasks[N]>>> {
    this.pool ??= new TaskPool({ entry: builtEntry(__dirname, 'worker-entry.js'), threads: THREADS });
    return this.pool.run(task, input, options);
  }
}
