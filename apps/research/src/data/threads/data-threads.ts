import { builtEntry, TaskPool } from '@assay/compute';
import {
  readImport,
  type ImportOptions,
  type MarketCode,
  type QualityReport,
  type ReadImport,
} from '@assay/market-data';
import type { BarColumns } from '@assay/domain';
import type { ColumnSummary } from '@assay/market-data/frames';
import { currentOperation } from '@assay/persistence';
import { jsonBodyOf, RawBody, readTextBody } from '@assay/platform';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { dataTasks, type DataTasks, type JudgedBars } from './data-tasks';

/** Below it the way to another thread costs more than the work. */
export const INLINE_BYTES = 256 * 1024;
const INLINE_BARS = 5_000;
const THREADS = 2;

/** Threads of the process for what would keep its other requests waiting. Nobody waits for a client who has gone. */
@Injectable()
export class DataThreads implements OnModuleDestroy {
  private pool?: TaskPool;

  /** @throws DomainError as for any other body */
  async bodyOf(body: unknown): Promise<unknown> {
    if (!(body instanceof RawBody)) return body;
    return body.type === 'csv' ? readTextBody(body.bytes) : jsonBodyOf(await this.run('readJson', body.bytes));
  }

  async readImport(content: string, options: ImportOptions): Promise<ReadImport> {
    return content.length < INLINE_BYTES ? readImport(content, options) : this.run('readImport', { content, options });
  }

  async quality(judged: JudgedBars): Promise<QualityReport> {
    const inline = judged.bars.openTimeMs.length < INLINE_BARS;
    return inline ? dataTasks.quality(judged) : this.run('quality', judged);
  }

  /** The sessions of a series and what it has of each, as an SVG document. */
  coverage(bars: BarColumns, market: MarketCode, title: string): Promise<string> {
    return this.run('coverage', { bars, market, title });
  }

  describe(bars: BarColumns): Promise<ColumnSummary[]> {
    return this.run('describe', bars);
  }

  /** @throws DomainError `validation_failed` for what is no exchange that gives bars */
  requireExchange(exchange: string, field: string): Promise<void> {
    return this.run('requireExchange', { exchange, field });
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool?.close();
  }

  private run<N extends keyof DataTasks>(
    task: N,
    input: Parameters<DataTasks[N]>[0],
  ): Promise<Awaited<ReturnType<DataTasks[N]>>> {
    this.pool ??= new TaskPool({ entry: builtEntry(__dirname, 'worker-entry.js'), threads: THREADS });
    return this.pool.run(task, input, { signal: currentOperation()?.signal });
  }
}
