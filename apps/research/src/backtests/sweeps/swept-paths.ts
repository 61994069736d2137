import { isSweptUniversePath, SWEPT_UNIVERSE_PARTS } from '@assay/pipeline';
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
  refuseOther(params, 'lead into what decides the trades, not to the identity of a document or its bars', (path) => {
    const keys = path.split('.');
    return !NOT_SWEPT.has(keys[0]!) && !keys.includes('pin');
  });
}

/** The same of a universe, whose cells all trade on one panel. */
export function assertSweptUniversePaths(params: readonly { path: string }[]): void {
  const parts = SWEPT_UNIVERSE_PARTS.join(', ');
  const must = `lead into ${parts} of a universe, whose cells are all over the same bars`;
  refuseOther(params, must, (path) => isSweptUniversePath(path) && !path.split('.').includes('pin'));
}

function refuseOther(params: readonly { path: string }[], must: string, isSwept: (path: string) => boolean): void {
  params.forEach(({ path }, i) => {
    if (isSwept(path)) return;
    const field = `params[${i}].path`;
    throw invalid([{ field, rule: 'swept_path', value: path, message: `${field} must ${must}, was ${path}` }]);
  });
}
