import { sliceBars, STANDARD_COLUMNS, type BarColumns } from '@assay/domain';
import { invalid } from '@assay/primitives';
import type { CorporateAction } from '../adjustments';
import { SpooledBars } from '../spool';
import { refuseFactors, writeFactors } from './action-bars';
import { actionsOf, lockActions } from './action-rows';
import { appendedColumns } from './appended-columns';
import type { BarCache } from './bar-cache';
import { barRows, COPY_BARS, type Copy } from './bar-copy';
import { isCorrection, newBetween, refuseCorrection, refuseOwnColumns } from './bar-corrections';
import { readBars, writeBars } from './bar-rows';
import { fingerprintInTurns } from './fingerprint-in-turns';
import type { ImportBars, ImportedBars, ImportedSpool, ImportSpooled } from './imported-bars';
import type { Query, Series, SeriesKey } from './series';
import type { SeriesRows } from './series-rows';
import { factsOf, spoolStored, writeSpooled } from './spooled-rows';
import { barColumnsOf, contentOf, firstFrom, type StoredColumns } from './stored-columns';

export interface BarImportParts {
  query: Query;
  copy?: Copy;
  cache: BarCache;
  rows: SeriesRows;
  barsOf: (series: Series) => Promise<BarColumns>;
}

/** Brings bars into their series. */
export class BarImport {
  private readonly query: Query;
  private readonly rows: SeriesRows;
  private readonly cache: BarCache;

  constructor(private readonly parts: BarImportParts) {
    this.query = parts.query;
    this.rows = parts.rows;
    this.cache = parts.cache;
  }

  /**
   * Stores bars once: the same import again writes nothing, bars with other values replace the stored ones, further
   * extra columns are appended to the series. Holds the series' row lock, so run it in a transaction. 409 `conflict`
   * when the series belongs to another market or is (not) synthetic, or the factors are its actions' already; 403
   * `forbidden` for a correction that is `addOnly`.
   */
  async import(input: ImportBars): Promise<ImportedBars> {
    const { bars } = input;
    if (bars.openTimeMs.length === 0) {
      throw invalid([{ field: 'bars', rule: 'min_rows', value: 0, message: 'bars must be at least 1, was 0' }]);
    }
    refuseOwnColumns(bars);
    await lockActions(this.query, bars, 'read');
    const before = await this.rows.holdSeries({ ...input, ...keyOf(input.bars) });
    const actions = await actionsOf(this.query, bars);
    if (actions.length > 0 && input.adjFactor !== null) refuseFactors(before);
    const added = Object.keys(bars.extra).filter((name) => !before.extraColumns.includes(name));
    const extraColumns = [...before.extraColumns, ...added];
    const adjFactor =
      input.adjFactor ?? (actions.length > 0 ? 'keep' : new Float64Array(bars.openTimeMs.length).fill(1));
    const between = await newBetween(this.query, before, bars);
    const written = await this.write(before, input, adjFactor, extraColumns);
    const corrects = this.allowed(input, before, { ...written, between, added: added.length });
    const changed = written.inserted + written.updated;
    const unchanged = bars.openTimeMs.length - changed;
    if (changed === 0 && added.length === 0) {
      return {
        series: before,
        ...written,
        unchanged,
        stored: () => this.parts.barsOf(before),
        keep: () => Promise.resolve(),
      };
    }
    const factors = adjFactor === 'keep' ? await this.rescale(before, bars, actions) : { changed: 0, within: 0 };
    const after = bars.openTimeMs.length - firstFrom(bars.openTimeMs, (before.lastOpenMs ?? -Infinity) + 1);
    const isAppended = changed === after && added.length === 0 && factors.changed === 0;
    const wider = { ...before, extraColumns };
    const fresh = adjFactor === 'keep' ? new Float64Array(bars.openTimeMs.length).fill(1) : adjFactor;
    const columns =
      before.bars === 0 && factors.changed === 0
        ? columnsOf(input, fresh)
        : (isAppended && (await this.appended(before, bars, fresh))) ||
          (await readBars(this.query, before.id, extraColumns, {}));
    const series = await this.refresh(wider, columns, input.nowMs, corrects || factors.within > 0);
    const stored = barColumnsOf(series, columns);
    const keep = async (): Promise<void> =>
      void (this.cache.keeps(series) && (await this.cache.write(series, columns)));
    return { series, ...written, unchanged, stored: () => Promise.resolve(stored), keep };
  }

  /**
   * The same for bars on disk, of which few lie in memory at a time; of a symbol with corporate actions all do.
   * @param folder for what is stored, where that is more than has come
   */
  async importSpooled(input: ImportSpooled, folder: string): Promise<ImportedSpool | ImportedBars> {
    const spooled = new SpooledBars(input.bars);
    const { onWritten = () => undefined, nowMs } = input;
    try {
      const { extra, count, factored } = input.bars;
      await lockActions(this.query, input.bars, 'read');
      if ((await actionsOf(this.query, input.bars)).length > 0) {
        const { bars, adjFactor } = spooled.read(0, count);
        return await this.import({ ...input, bars, adjFactor: factored ? adjFactor : null });
      }
      const before = await this.rows.holdSeries({ ...input, ...keyOf(input.bars) });
      const added = extra.filter((name) => !before.extraColumns.includes(name));
      const wider = { ...before, extraColumns: [...before.extraColumns, ...added] };
      const written = await writeSpooled(this.parts, before, spooled, wider.extraColumns, onWritten);
      const corrects = this.allowed(input, before, { ...written, added: added.length });
      const { inserted, updated } = written;
      const counts = { inserted, updated, unchanged: count - inserted - updated };
      const content = before.bars > 0 ? await spoolStored(this.query, wider, folder) : input.bars;
      const isNew = inserted + updated + added.length > 0;
      const series = isNew ? await this.rows.refreshSeries(wider, await factsOf(content), nowMs, corrects) : before;
      return { series, ...counts, spooled: content };
    } finally {
      spooled.close();
    }
  }

  /** The columns of a series with bars after all of its own, where those before are kept; its row is locked, so they are what is stored. */
  private async appended(before: Series, bars: BarColumns, adjFactor: Float64Array): Promise<StoredColumns | null> {
    const kept = before.bars > 0 ? await this.cache.read(before, {}) : null;
    return kept && appendedColumns(kept, { bars, adjFactor }, before.extraColumns);
  }

  /** Whether an import corrects stored bars. @throws DomainError where it must not */
  private allowed(
    { addOnly }: Pick<ImportBars, 'addOnly'>,
    before: Series,
    { updated, between, added }: { updated: number; between: number; added: number },
  ): boolean {
    const corrections = { replaced: updated, between, columns: before.bars > 0 ? added : 0 };
    const corrects = isCorrection(corrections);
    if (corrects && addOnly) refuseCorrection(before, corrections);
    return corrects;
  }

  /** Bars after all stored ones meet none of these: they are copied, the others merged. */
  private async write(
    { id, lastOpenMs }: Series,
    { bars, onWritten = () => undefined }: ImportBars,
    adjFactor: Float64Array | 'keep',
    extraColumns: readonly string[],
  ): Promise<{ inserted: number; updated: number }> {
    const count = bars.openTimeMs.length;
    const from = this.parts.copy === undefined ? count : firstFrom(bars.openTimeMs, (lastOpenMs ?? -Infinity) + 1);
    const known = sliceBars(bars, 0, from);
    const old = adjFactor === 'keep' ? adjFactor : adjFactor.subarray(0, from);
    const merged = await writeBars(this.query, id, known, old, extraColumns, onWritten);
    if (from < count) {
      const told = (rows: number): void => onWritten(from + rows);
      const fresh = adjFactor === 'keep' ? new Float64Array(count - from).fill(1) : adjFactor.subarray(from);
      const rows = barRows(id, [{ bars: sliceBars(bars, from, count), adjFactor: fresh }], extraColumns, told);
      await this.parts.copy!(COPY_BARS, rows);
    }
    return { ...merged, inserted: merged.inserted + count - from };
  }

  /** Gives bars that have come, and those before them, the factors of actions; how many changed, and of them how many of earlier ones. */
  private rescale(
    before: Series,
    bars: BarColumns,
    actions: readonly CorporateAction[],
  ): Promise<{ changed: number; within: number }> {
    const { openTimeMs } = bars;
    const firstOpenMs = Math.min(before.firstOpenMs ?? Infinity, openTimeMs[0]);
    const lastOpenMs = Math.max(before.lastOpenMs ?? -Infinity, openTimeMs[openTimeMs.length - 1]);
    const known =
      before.firstOpenMs === null || before.lastOpenMs === null
        ? null
        : { fromMs: before.firstOpenMs, toMs: before.lastOpenMs };
    return writeFactors(this.query, { ...before, firstOpenMs, lastOpenMs }, actions, known);
  }

  /** Gives the row of a series what its bars, which were read or written just now, are. */
  async refresh(series: Series, stored: StoredColumns, nowMs: number, corrected: boolean): Promise<Series> {
    const { openTimeMs } = stored;
    const facts = {
      count: openTimeMs.length,
      firstMs: openTimeMs[0],
      lastMs: openTimeMs[openTimeMs.length - 1],
      fingerprint: await fingerprintInTurns(contentOf(series, stored)),
      adjusted: stored.adjFactor.some((factor) => factor !== 1),
    };
    return this.rows.refreshSeries(series, facts, nowMs, corrected);
  }
}

/** The bars of an import as they lie in the store of a series that had none. */
function columnsOf({ bars }: ImportBars, adjFactor: Float64Array): StoredColumns {
  const core = STANDARD_COLUMNS.map((name) => bars[name]);
  return { openTimeMs: bars.openTimeMs, core, adjFactor, extra: Object.values(bars.extra) };
}

const keyOf = ({ source, symbol, timeframe }: SeriesKey): SeriesKey => ({ source, symbol, timeframe });
