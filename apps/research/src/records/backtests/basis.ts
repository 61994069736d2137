import type { ScoredFrom } from '@assay/pipeline';

/** What the figures of a run rest on; every result states it. */
export interface Basis {
  scored_from: {
    /** Bar of the history, from 0. */
    index: number;
    time: string;
    rule: ScoredFrom['rule'];
  };
  /** Bars per year of annualised figures. */
  periods_per_year: number;
}
