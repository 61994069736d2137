import type { CpcvLayout, CpcvOutcome, WalkForwardLayout, WalkForwardOutcome } from '@assay/pipeline';
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
  cpcv(layout: CpcvLayout, report: Report): Judgement<CpcvOutcome>;
}
