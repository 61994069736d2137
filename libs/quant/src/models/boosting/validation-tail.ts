import { logLossOfOdds } from '../sigmoid';
import { codesOf } from '../trees/bin-rows';
import { leafOf, type Tree } from '../trees/tree-store';
import type { BoostingOptions } from './boosting-options';

/** The rows held out of boosting: which number of trees has the least mean loss on them. */
export class ValidationTail {
  /** Trees of the least loss, the fewest where several have it. */
  best = 0;
  loss = NaN;
  private trees = 0;
  private readonly n: number;
  private readonly scores: Float64Array;
  private readonly codes: Uint8Array;

  constructor(
    private readonly options: BoostingOptions,
    cuts: readonly Float64Array[],
    base: number,
  ) {
    const { validation } = options;
    this.n = validation?.labels.length ?? 0;
    this.scores = new Float64Array(this.n).fill(base);
    this.codes = validation ? codesOf(validation.rows, this.n, cuts, options.maxBins) : new Uint8Array(0);
    if (this.n > 0) this.loss = this.meanLoss();
  }

  get isUsed(): boolean {
    return this.n > 0;
  }

  get isOver(): boolean {
    return this.isUsed && this.trees - this.best >= this.options.validation!.patience;
  }

  add(tree: Tree): void {
    if (!this.isUsed) return;
    const { n, scores, codes, options } = this;
    for (let i = 0; i < n; i++) scores[i] += tree.values[leafOf(tree, codes, n, i, options.maxBins)];
    this.trees++;
    const loss = this.meanLoss();
    if (loss >= this.loss) return;
    this.loss = loss;
    this.best = this.trees;
  }

  private meanLoss(): number {
    const { labels } = this.options.validation!;
    let sum = 0;
    if (this.options.isRegression) for (let i = 0; i < this.n; i++) sum += (this.scores[i] - labels[i]) ** 2;
    else for (let i = 0; i < this.n; i++) sum += logLossOfOdds(this.scores[i], labels[i]);
    return sum / this.n;
  }
}
