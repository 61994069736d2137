import { CV_SPLITS, medianBounds, mergeSweeps, type CvFigure, type StrategySweep } from '@assay/pipeline';

/** Cells that are judged by the bounds of those before them, whatever the number of threads. */
const ROUND = 20;

type Judge = (
  cells: Uint32Array,
  crossValidation: { figure: CvFigure; bounds: (number | null)[] },
) => Promise<StrategySweep>;

/** Cross-validates cells in the order given, round by round where hopeless ones are given up. */
export class CrossValidatedCells {
  /** Cells given up on the way. */
  pruned = 0;
  private readonly running: (number | null)[][] = [];

  constructor(
    private readonly figure: CvFigure,
    private readonly prune: boolean,
    private readonly judge: Judge,
  ) {}

  async sweep(cells: Uint32Array, onProgress?: (fraction: number) => void): Promise<StrategySweep> {
    const size = this.prune ? ROUND : Math.max(cells.length, 1);
    const parts: StrategySweep[] = [];
    for (let from = 0; from < cells.length; from += size) {
      const bounds = this.prune ? medianBounds(this.running, this.figure) : [];
      const part = await this.judge(cells.slice(from, from + size), { figure: this.figure, bounds });
      this.running.push(
        ...part.running.map((means) => Array.from(means, (mean) => (Number.isNaN(mean) ? null : mean))),
      );
      this.pruned += part.running.filter(({ length }) => length < CV_SPLITS).length;
      parts.push(part);
      onProgress?.(Math.min(from + size, cells.length) / cells.length);
    }
    return mergeSweeps(parts);
  }
}
