import type { FieldProblem } from '@assay/primitives';
import { must } from './schema/must';

interface Traded {
  readonly sizing?: { readonly leverage?: { readonly margin?: unknown } };
  readonly protection?: unknown;
  readonly entry_order?: unknown;
}

const RULE = 'no_order_rules';
const TEXT = 'be left out where protection or entry_order is stated';
const PATH = ['sizing', 'leverage', 'margin'];

/** Margin calls are looked at once a bar: they are not run beside what trades within one. */
export const hasMarginAlone = ({ sizing, protection, entry_order }: Traded): boolean =>
  sizing?.leverage?.margin === undefined || !(protection || entry_order);

/** For the check of a document by `hasMarginAlone`. */
export const marginAlone = { path: PATH, error: must(RULE, TEXT) };

/** The same of a config whose parts were stated one after the other. @param at the field that holds it */
export function marginNotAlone(at: string, { sizing }: Traded): FieldProblem {
  const field = [at, ...PATH].join('.');
  return { field, rule: RULE, value: sizing?.leverage?.margin, message: `${field} must ${TEXT}` };
}
