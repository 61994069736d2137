/** What an import of bars found and stored. */
export interface ImportedBars {
  series_id: string;
  /** Bars in the file that were imported. */
  bars: number;
  inserted: number;
  updated: number;
  unchanged: number;
  first: string;
  last: string;
  extra_columns: string[];
  synthetic: boolean;
  /** How the file was read where it is no plain one: code, message and line. */
  recognised: object[];
  /** What was changed, such as rows turned round: code, message, line and count. */
  repairs: object[];
  /** `unclosed_bar` (left out) or `unadjusted_split`, with code, message, count, share and sample. */
  warnings: object[];
  /** An error forbids promotion. */
  quality: { id: string; errors: object[]; warnings: object[] };
  fingerprint: string;
}
