import { TRIMMED } from '@assay/contracts';

/** What sources and symbols of stored bars are called: no white space at the ends. */
export const SERIES_NAME = { min: 1, max: 64, pattern: TRIMMED };
