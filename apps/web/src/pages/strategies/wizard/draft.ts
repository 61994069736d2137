import { inWords, plural } from '../../../format/words';
import { TEMPLATES, type Template, type TemplateField } from './templates';

export interface Series {
  source: string;
  symbol: string;
  timeframe: string;
  market: string;
  bars: number;
}
export interface Draft {
  series: Series | null;
  template: string | null;
  values: Record<string, number | string>;
  longOnly: boolean;
  size: 'all' | 'steady';
  stopLoss: number | string;
  name: string;
}

export const EMPTY_DRAFT: Draft = {
  series: null,
  template: null,
  values: {},
  longOnly: true,
  size: 'all',
  stopLoss: '',
  name: '',
};
/** Leading bars that gates never score, and those they want scored. */
const NEVER_SCORED = 252;
const WANTED = 504;

export const templateOf = (draft: Draft): Template | undefined => TEMPLATES.find(({ key }) => key === draft.template);

const valueOf = (draft: Draft, field: TemplateField): number => {
  const given = draft.values[field.key];
  return given === undefined ? field.initial : given === '' ? NaN : Number(given);
};

/** What is wrong with one parameter, or undefined. */
export function fieldProblem(field: TemplateField, value: number): string | undefined {
  if (!Number.isFinite(value)) return 'State a number.';
  if (value < field.min || value > field.max) return `Must be from ${field.min} to ${field.max}.`;
  if (field.whole && !Number.isInteger(value)) return 'Must be a whole number.';
  return undefined;
}

/** By the key of the field; also `stopLoss`. */
export function draftProblems(draft: Draft): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of templateOf(draft)?.fields ?? []) {
    const problem = fieldProblem(field, valueOf(draft, field));
    if (problem) problems[field.key] = problem;
  }
  if (draft.stopLoss !== '') {
    const stop = Number(draft.stopLoss);
    if (!(stop > 0 && stop < 100)) problems.stopLoss = 'Must be above 0 and below 100.';
  }
  return problems;
}

export const suggestedName = (draft: Draft): string => {
  const template = templateOf(draft);
  return draft.series && template ? `${draft.series.symbol}: ${inWords(template.title).toLowerCase()}` : '';
};

/** That a series is too short to be judged, said before anything is run. */
export function shortSeriesWarning(draft: Draft): string | undefined {
  // of numbers that cannot be tested nothing is said but that
  if (!draft.series || Object.keys(draftProblems(draft)).length > 0) return undefined;
  const longest = Math.max(
    NEVER_SCORED,
    ...(templateOf(draft)?.fields ?? [])
      .filter(({ unit }) => unit === 'bars')
      .map((field) => valueOf(draft, field))
      .filter(Number.isFinite),
  );
  const scored = draft.series.bars - longest;
  if (scored >= WANTED) return undefined;
  return `This series has ${plural(draft.series.bars, 'bar')}; about ${Math.max(0, scored)} would count. The gates want ${WANTED}: it can be tried, but not judged.`;
}

/** Whether two drafts are the same version of a strategy: a name makes none. */
export function isSameVersion(a: Draft, b: Draft): boolean {
  const content = (draft: Draft) => JSON.stringify({ ...documentOf(draft, ''), name: '' });
  return content(a) === content(b);
}

/** The Strategy JSON that the draft means; every field of it is in the documentation. */
export function documentOf(draft: Draft, strategyId: string): Record<string, unknown> {
  const template = templateOf(draft);
  if (!draft.series || !template) throw new RangeError('a series and a template must be chosen');
  const values = Object.fromEntries(template.fields.map((field) => [field.key, valueOf(draft, field)]));
  const { symbol, source, timeframe, market } = draft.series;
  return {
    strategy_id: strategyId,
    name: draft.name.trim() || suggestedName(draft),
    version: 1,
    ticker: symbol,
    source,
    timeframe,
    trading_period: market === 'CRYPTO' ? 365 : 252,
    conjunction: template.conjunction,
    substrategies: template.parts(values, draft.longOnly),
    ...(draft.size === 'steady'
      ? { sizing: { kind: 'volatility_target', annual: 0.1, window: 21, cap: 1, rebalance: 'bar' } }
      : {}),
    ...(draft.stopLoss === '' ? {} : { protection: { stop_loss: { percent: Number(draft.stopLoss) } } }),
  };
}
