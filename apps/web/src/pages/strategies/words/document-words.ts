import { NO_MODEL } from '../../../definitions/no-model';
import { inWords, plural } from '../../../format/words';
import { costsWords, entryWords, protectionWords, sizingWords } from './money-words';
import type { Recipe } from './recipe';
import { groupWords } from '../../../definitions/rule-tree-words';
import { conjunctionWords, substrategyWords } from './rule-words';

export interface Fact {
  label: string;
  sentences: string[];
}

const FRAMES: Record<string, string> = {
  '1m': 'minute',
  '1h': 'hour',
  '1d': 'day',
  '1w': 'week',
  '1M': 'month',
};

export const barWords = (timeframe: string): string =>
  FRAMES[timeframe] ? `one bar a ${FRAMES[timeframe]}` : `bars of ${timeframe}`;

function symbolsWords(universe: readonly string[]): string {
  if (universe.length <= 5) return universe.join(', ');
  return `${universe.slice(0, 4).join(', ')} and ${universe.length - 4} more`;
}

function modelWords({ model, features = [] }: Recipe): string[] {
  const names = features.map(({ name, plugin, params }) => {
    const values = Object.entries(params)
      .filter(([key]) => key !== 'column')
      .map(([key, value]) => `${key} ${String(value)}`);
    return `${name} (${[plugin, ...values].join(', ')})`;
  });
  const computed = names.length > 0 ? [`Computes ${names.join('; ')}.`] : [];
  if (!model || model.kind === NO_MODEL) return computed;
  const horizon = model.label?.horizon;
  const learns = model.label
    ? `, fitted to ${inWords(model.label.kind).toLowerCase()} over ${plural(horizon ?? 1, 'bar')}`
    : '';
  return [...computed, `Predicts with ${inWords(model.kind).toLowerCase()}${learns}.`];
}

function ruleSentences(recipe: Recipe): string[] {
  if (recipe.kind === 'universe') {
    const kind = recipe.universe_document?.portfolio?.kind;
    return [
      `Divides one capital among ${plural(recipe.universe.length, 'symbol')}${kind ? ` by ${inWords(kind).toLowerCase()}` : ''}.`,
    ];
  }
  const parts = recipe.document?.substrategies;
  if (parts) {
    const together = conjunctionWords(recipe.document?.conjunction, parts.length);
    return [...parts.map(substrategyWords), ...(together ? [together] : [])];
  }
  if (!recipe.signal) return ['No signal logic is attached yet: it never trades.'];
  return groupWords(recipe.signal.rule_tree.groups, recipe.signal.position_mode);
}

/** What a revision does, in sentences under headings. */
export function describeRecipe(recipe: Recipe, source: string | null): Fact[] {
  const { config, document } = recipe;
  const protection = protectionWords(config?.protection ?? document?.protection);
  const entry = entryWords(config?.entry_order ?? document?.entry_order);
  const model = modelWords(recipe);
  const shorts = recipe.signal?.position_mode === 'long_short' ? ['It may also sell short.'] : [];
  return [
    {
      label: 'Trades',
      sentences: [
        `${symbolsWords(recipe.universe)}, ${barWords(recipe.timeframe)}${source ? `, bars from ${source}` : ''}.`,
      ],
    },
    ...(model.length > 0 ? [{ label: 'Looks at', sentences: model }] : []),
    { label: 'Rules', sentences: [...ruleSentences(recipe), ...shorts, ...(entry ? [entry] : [])] },
    { label: 'Size', sentences: [sizingWords(config?.sizing)] },
    {
      label: 'Stops',
      sentences: protection.length > 0 ? protection : ['None: only the signal ends a position.'],
    },
    {
      label: 'Assumes',
      sentences: [
        config?.fill === 'close'
          ? 'Orders are filled at the close that decides.'
          : 'Orders are filled at the next open.',
        costsWords(config?.costs),
      ],
    },
  ];
}
