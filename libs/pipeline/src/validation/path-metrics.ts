import { computeMetrics, type EngineResult } from '@assay/quant';
import type { BarRange } from '../models';
import type { JudgedRecord, StretchReturns } from './judged-record';

/** All metrics of the catalogue of a path; undefined ones are null and have their reason. */
export interface PathMetrics {
  metrics: Record<string, number | null>;
  metricReasons: Record<string, string>;
}

type Traded = Pick<EngineResult, 'positions' | 'trades'>;

/**
 * What the paths trade, gathered part by part while the splits are judged. A trade counts in the part in which it was entered: one that the end of
 * the part closes is an open one. A portfolio tells no trades by part, so the metrics that read them are undefined.
 */
export class PathTrading {
  private readonly parts: { from: number; traded: Traded }[][];

  constructor(
    private readonly judged: Pick<JudgedRecord, 'heldReturns' | 'periodsPerYear'>,
    private readonly scored: BarRange,
    paths: number,
  ) {
    this.parts = Array.from({ length: paths }, () => []);
  }

  /** @param run bars of the path that the stretch judges */
  add(path: number, run: BarRange, { traded }: StretchReturns): void {
    if (traded) this.parts[path]!.push({ from: run[0], traded: traded(run) });
  }

  /** @param returns one a scored bar, for each path */
  metricsOf(returns: readonly Float64Array[]): PathMetrics[] {
    const [from, to] = this.scored;
    const { periodsPerYear } = this.judged;
    const benchmarkReturns = this.judged.heldReturns().subarray(from, to);
    return returns.map((own, path) => {
      const parts = this.parts[path]!.sort((a, b) => a.from - b.from);
      const traded = parts.length > 0 && {
        positions: joined(parts, from, to),
        trades: parts.flatMap(({ traded: { trades } }) => trades),
      };
      const { metrics, reasons } = computeMetrics({ returns: own, periodsPerYear, benchmarkReturns, ...traded });
      return { metrics, metricReasons: reasons };
    });
  }
}

function joined(parts: readonly { from: number; traded: Traded }[], from: number, to: number): Float64Array {
  const positions = new Float64Array(to - from);
  for (const part of parts) positions.set(part.traded.positions, part.from - from);
  return positions;
}
