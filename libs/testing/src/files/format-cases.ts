import { columnarCases } from './columnar-cases';
import { EXCHANGE_CASES } from './exchange-cases';
import type { FormatCase } from './format-case';
import { LANGUAGE_CASES } from './language-cases';
import { VENDOR_CASES } from './vendor-cases';

/** A file per format that is read; the numbers of all are the made bars. */
export const FORMAT_CASES: readonly FormatCase[] = [
  ...EXCHANGE_CASES,
  ...VENDOR_CASES,
  ...LANGUAGE_CASES,
  ...columnarCases(),
];
