import { invalid } from '@assay/primitives';

/**
 * What says which document it is and which bars it is for. The bars of a sweep are loaded once, so another symbol or timeframe would be
 * scored, and recorded as a trial, on bars that are not its own; another trading period would scale every Sharpe ratio and trade the same.
 */
const NOT_SWEPT: ReadonlySet<string> = new Set([
  'strategy_id',
  'name',
  'version',
  'created_at',
  'kind',
  'ticker',
  'timeframe',
  'trading_period',
  'artifact',
  'history_anchor',
]);

/** @throws DomainError naming the first parameter whose path leads to no part of the recipe that decides what is traded */
export function assertSweptPaths(params: readonly { path: string }[]): void {
  params.forEach(({ path }, i) => {
    const keys = path.split('.');
    if (!NOT_SWEPT.has(keys[0]!) && !keys.includes('pin')) return;
    const field = `params[${i}].path`;
    const message = `${field} must lead into what decides the trades, not to the identity of a document or its bars, was ${path}`;
    throw invalid([{ field, rule: 'swept_path', value: path, message }]);
  });
}
