import type { StrategyDocument } from '@assay/contracts';
import type {
  CpcvLayout,
  CpcvOutcome,
  DrawnCells,
  SelectedBy,
  SweepParam,
  WalkForwardLayout,
  WalkForwardOutcome,
  WalkForwardSearchOutcome,
} from '@assay/pipeline';
import type { BarsFile } from '../input/bars-file';
import type { Accounting } from '../output/accounting';

/** What came of it, and the bars that it was judged on. */
export interface Judgement<T> {
  outcome: T;
  accounting: Accounting;
  file: BarsFile;
}

/** A space of parameters, and how a training window chooses in it. */
export interface AskedSearch {
  params: readonly SweepParam[];
  by: SelectedBy;
  layout: WalkForwardLayout;
  /** Null: every cell. */
  drawn: DrawnCells | null;
}

/** What came of a search. */
export interface Searched extends Judgement<WalkForwardSearchOutcome> {
  /** What was searched; null for a template. */
  document: StrategyDocument | null;
  drawn: DrawnCells | null;
}

export type Report = (fraction: number) => void;

/** A strategy and its bars, ready to be judged in folds or splits. */
export interface Judged {
  walkForward(layout: WalkForwardLayout, report: Report): Judgement<WalkForwardOutcome>;
  /** Chooses values of parameters anew in every fold; null where that cannot be. */
  search: ((asked: AskedSearch, report: Report) => Searched) | null;
  cpcv(layout: CpcvLayout, report: Report): Judgement<CpcvOutcome>;
}
