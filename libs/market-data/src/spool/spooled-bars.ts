import type { Timeframe } from '@assay/contracts';
import { STANDARD_COLUMNS, type BarColumns } from '@assay/domain';
import { columnsFingerprint } from '@assay/primitives';
import { ColumnSpool, Room, SpoolWriter, type SpoolFacts } from './column-spool';

/** Adjusted close / close, beside the columns of the bars. */
const FACTOR = 'adj_factor';
const CORE = ['openTimeMs', ...STANDARD_COLUMNS] as const;
const extraName = (name: string): string => `extra ${name}`;

/** Bars on disk, oldest first; may be posted between threads. */
export interface SpooledBarsFacts {
  symbol: string;
  source: string;
  timeframe: Timeframe;
  extra: readonly string[];
  /** How many of the rows count, from the first. */
  count: number;
  /** Whether the factors count; else each is 1. */
  factored: boolean;
  spool: SpoolFacts;
}

/** Some of the bars, with the factor of each. */
export interface FactoredBars {
  bars: BarColumns;
  adjFactor: Float64Array;
}

type Series = Pick<SpooledBarsFacts, 'symbol' | 'source' | 'timeframe' | 'extra'>;

/** Writes bars as they come. @param more columns beside the bars */
export class BarSpoolWriter {
  private readonly writer: SpoolWriter;

  constructor(
    folder: string,
    private readonly series: Series,
    more: readonly string[] = [],
  ) {
    this.writer = new SpoolWriter(folder, [...CORE, FACTOR, ...series.extra.map(extraName), ...more]);
  }

  append({ bars, adjFactor }: FactoredBars, ...more: Float64Array[]): void {
    const core = CORE.map((name) => bars[name]);
    this.writer.append([...core, adjFactor, ...this.series.extra.map((name) => bars.extra[name]), ...more]);
  }

  close(factored: boolean): SpooledBarsFacts {
    const spool = this.writer.close();
    return { ...this.series, count: spool.count, factored, spool };
  }
}

/** Bars on disk as columns in memory, a part at a time. Close them after use. */
export class SpooledBars {
  readonly columns: ColumnSpool;

  constructor(readonly facts: SpooledBarsFacts) {
    this.columns = new ColumnSpool(facts.spool);
  }

  /** Bars [from, to), in `room` where it is given. */
  read(from: number, to: number, room?: Room): FactoredBars {
    const { symbol, source, timeframe, extra, factored } = this.facts;
    const column = (name: string): Float64Array => this.columns.read(name, from, to, room);
    const [openTimeMs, open, high, low, close, volume] = CORE.map(column);
    const more = Object.fromEntries(extra.map((name) => [name, column(extraName(name))]));
    const bars = { symbol, source, timeframe, openTimeMs, open, high, low, close, volume, extra: more };
    const ones = (): Float64Array => (room?.of(FACTOR, to - from) ?? new Float64Array(to - from)).fill(1);
    return { bars, adjFactor: factored ? column(FACTOR) : ones() };
  }

  /** The same without further columns; each is read once it is asked for. */
  lazily(from: number, to: number, room: Room): Omit<BarColumns, 'extra'> {
    const { symbol, source, timeframe } = this.facts;
    const bars = { symbol, source, timeframe };
    for (const name of CORE) {
      let column: Float64Array | undefined;
      const get = (): Float64Array => (column ??= this.columns.read(name, from, to, room));
      Object.defineProperty(bars, name, { get, enumerable: true });
    }
    return bars as Omit<BarColumns, 'extra'>;
  }

  /** Open time of one bar. */
  timeOf(bar: number): number {
    return this.columns.read('openTimeMs', bar, bar + 1)[0];
  }

  /** As `barsFingerprint` of all of them, with the factors among the further columns. */
  fingerprint(): Promise<string> {
    const { timeframe, extra, count, factored } = this.facts;
    return columnsFingerprint(
      { timeframe, extra: [...extra.filter((name) => name !== FACTOR), FACTOR], count },
      (name) => {
        if (name === FACTOR && !factored) return ones(count);
        return this.columns.bytes(
          (CORE as readonly string[]).includes(name) || name === FACTOR ? name : extraName(name),
          count,
        );
      },
    );
  }

  /** Whether a factor is other than 1. */
  isAdjusted(rows: number): boolean {
    if (!this.facts.factored) return false;
    const { count } = this.facts;
    const room = new Room();
    for (let from = 0; from < count; from += rows) {
      if (this.columns.read(FACTOR, from, Math.min(count, from + rows), room).some((factor) => factor !== 1))
        return true;
    }
    return false;
  }

  close(): void {
    this.columns.close();
  }
}

function* ones(count: number): Generator<Uint8Array> {
  const most = 100_000;
  const part = new Float64Array(Math.min(most, count)).fill(1);
  for (let left = count; left > 0; left -= most) {
    const some = part.subarray(0, Math.min(left, most));
    yield new Uint8Array(some.buffer, some.byteOffset, some.byteLength);
  }
}
