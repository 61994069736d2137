import { AVERAGE_RULES } from '../research-harness';
import { UNKNOWN, type Existing, type WrongRequest } from './wrong-request';

/** Wrong requests about backtests, sweeps, validation and experiments. */
export const runsRequests = ({ own, archived, done, pending }: Existing): WrongRequest[] => [
  {
    name: 'a backtest of an unknown strategy',
    request: ['POST', '/backtests', { strategy_id: UNKNOWN }],
    status: 404,
    code: 'not_found',
  },
  {
    name: 'a backtest of an unknown revision',
    request: ['POST', '/backtests', { strategy_id: own.id, revision: 99 }],
    status: 404,
    code: 'not_found',
  },
  {
    name: 'an unknown engine',
    request: ['POST', '/backtests', { strategy_id: own.id, engine: 'abacus' }],
    status: 422,
    code: 'validation_failed',
    problem: ['engine', 'enum', 'abacus'],
  },
  {
    name: 'an empty scored range',
    request: ['POST', '/backtests', { strategy_id: own.id, start: '2031-01-01' }],
    status: 422,
    code: 'validation_failed',
    problem: ['start', 'non_empty_range', '2031-01-01'],
  },
  {
    name: 'a range that ends before it begins',
    request: ['POST', '/backtests', { strategy_id: own.id, start: '2012-01-01', end: '2011-01-01' }],
    status: 422,
    code: 'validation_failed',
    problem: ['start', 'non_empty_range', '2012-01-01'],
  },
  {
    name: 'more unscored bars than there are',
    request: ['POST', '/backtests', { strategy_id: own.id, score_from: 5000 }],
    status: 422,
    code: 'validation_failed',
    problem: ['score_from', 'non_empty_range', 5000],
  },
  {
    name: 'another source than the pinned history',
    request: ['POST', '/backtests', { strategy_id: own.id, source: 'other' }],
    status: 422,
    code: 'validation_failed',
    problem: ['source', 'history_anchor', 'other'],
  },
  {
    name: 'executing a completed backtest',
    request: ['POST', `/backtests/${done.id}/execute`],
    status: 409,
    code: 'illegal_transition',
  },
  {
    name: 'the equity curve of a pending backtest',
    request: ['GET', `/backtests/${pending.id}/equity-curve`],
    status: 409,
    code: 'not_ready',
  },
  {
    name: 'an unknown format',
    request: ['GET', `/backtests/${done.id}/trades?format=xml`],
    status: 422,
    code: 'validation_failed',
    problem: ['format', 'enum', 'xml'],
  },
  {
    name: 'comparing one backtest',
    request: ['POST', '/backtests/compare', { backtest_ids: [done.id] }],
    status: 422,
    code: 'validation_failed',
    problem: ['backtest_ids', 'min_items'],
  },
  {
    name: 'a sweep of nothing',
    request: ['POST', '/backtests/sweep', { strategy_id: own.id }],
    status: 422,
    code: 'validation_failed',
    problem: ['params', 'one_of'],
  },
  {
    name: 'a sweep over a path that is no number',
    request: ['POST', '/backtests/sweep', { strategy_id: own.id, params: [{ path: 'features.0.name', values: [1] }] }],
    status: 422,
    code: 'validation_failed',
    problem: ['params[0].path', 'number_path', 'features.0.name'],
  },
  {
    name: 'a range that goes down',
    request: [
      'POST',
      '/backtests/sweep',
      { strategy_id: own.id, params: [{ path: 'features.0.params.window', range: '9:5' }] },
    ],
    status: 422,
    code: 'validation_failed',
    problem: ['params[0].range', 'ascending', '9:5'],
  },
  {
    name: 'a candidate over an unknown field',
    request: [
      'POST',
      '/backtests/sweep',
      { strategy_id: own.id, candidates: [{ rule_tree: AVERAGE_RULES('nowhere') }] },
    ],
    status: 422,
    code: 'validation_failed',
    problem: ['candidates[0].rule_tree.groups[0].rules[0].value.field', 'unknown_reference'],
  },
  {
    name: 'a walk-forward with 0 folds',
    request: ['POST', '/validation/walk-forward', { strategy_id: own.id, folds: 0 }],
    status: 422,
    code: 'validation_failed',
    problem: ['folds', 'min', 0],
  },
  {
    name: 'a CPCV of an archived strategy',
    request: ['POST', '/validation/cpcv', { strategy_id: archived.id }],
    status: 409,
    code: 'archived_read_only',
  },
  { name: 'an unknown experiment', request: ['GET', `/experiments/${UNKNOWN}`], status: 404, code: 'not_found' },
];
