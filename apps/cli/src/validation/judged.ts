import type {
  CpcvLayout,
  CpcvOutcome,
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

type Report = (fraction: number) => void;

/** A strategy and its bars, ready to be judged in folds or splits. */
export interface Judged {
  walkForward(layout: WalkForwardLayout, report: Report): Judgement<WalkForwardOutcome>;
  /** Chooses values of these parameters anew in every fold; null where that cannot be. */
  search:
    | ((
        params: readonly SweepParam[],
        by: SelectedBy,
        layout: WalkForwardLayout,
        report: Report,
      ) => Judgement<WalkForwardSearchOutcome>)
    | null;
  cpcv(layout: CpcvLayout, report: Report): Judgement<CpcvOutcome>;
}
