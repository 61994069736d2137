import { numberIn, textIn } from './metric-text';

export interface StressedRow {
  key: string;
  name: string;
  metrics: Record<string, unknown>;
}

/** Names of the scenarios; what another says of itself stands for it. */
const SCENARIOS: Record<string, string> = {
  as_run: 'As it was run',
  fees_x2: 'Fees twice as high',
  slippage_x3: 'Slippage and spread three times as high',
  one_bar_late: 'Every decision one bar later',
  missed_fills: '5 % of the orders not filled, typical',
  all_costs_late: 'Those costs and the delay together',
};

/** A row for each scenario; of drawn ones a second for what 1 draw in 20 falls short of. */
export const stressedRows = (items: readonly Record<string, unknown>[]): StressedRow[] =>
  items.flatMap((row) => {
    const scenario = textIn(row, 'scenario') ?? '';
    const name = SCENARIOS[scenario] ?? textIn(row, 'what') ?? scenario;
    const own = { key: scenario, name, metrics: row.metrics as Record<string, unknown> };
    if (!row.worst_5) return [own];
    const worst = { key: `${scenario} worst`, name: '5 % of the orders not filled, worst 1 in 20' };
    return [own, { ...worst, metrics: row.worst_5 as Record<string, unknown> }];
  });

/** What of the scenarios can be no other than the run, since nothing of the kind was charged; null costs are not known. */
export function stressNotes(costs: unknown): string[] {
  const [fees, slippage, spread] = ['fees', 'slippage', 'spread'].map((kind) => numberIn(costs, kind));
  return [
    ...(fees === 0
      ? ['No fees were charged: twice as high they are as in the run. Charge some to see what they would do.']
      : []),
    ...(slippage === 0 && spread === 0
      ? [
          'No slippage, spread or impact was charged: three times as high they are as in the run. Charge some to see what they would do.',
        ]
      : []),
  ];
}

export interface LuckRow {
  metric: string;
  observed: number | null;
  median: number | null;
  /** 5, 25, 50, 75 and 95 of 100 draws lie below. */
  quantiles: readonly [number, number, number, number, number] | null;
  worst: number | null;
  asGood: number | null;
}

export interface LuckMethod {
  method: string;
  title: string;
  what: string;
  rows: LuckRow[];
  why: string | null;
  draws: number | null;
}

const TITLES: Record<string, string> = {
  trade_order: 'Its trades in another order',
  random_timing: 'Its positions at random times',
  price_blocks: 'Other histories of this market',
  parameter_noise: 'Every number of its rules somewhat off',
  neighbours: 'The choices next to this one',
};

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/** What was drawn in each way, or why nothing was. */
export const luckMethods = (methods: readonly Record<string, unknown>[]): LuckMethod[] =>
  methods.map((one) => {
    const method = textIn(one, 'method') ?? '';
    const why = textIn(one, 'why');
    return {
      ...{ method, title: TITLES[method] ?? method, what: sentence(textIn(one, 'what') ?? '') },
      ...{ why: why === null ? null : sentence(why), draws: numberIn(one, 'draws') },
      rows: ((one.items ?? []) as Record<string, unknown>[]).map((row) => {
        const all = ['lower_5', 'lower_25', 'median', 'upper_75', 'upper_95'].map((name) => numberIn(row, name));
        const known = all.every((value) => value !== null);
        return {
          metric: textIn(row, 'metric') ?? '',
          observed: numberIn(row, 'observed'),
          median: numberIn(row, 'median'),
          quantiles: known ? (all as unknown as LuckRow['quantiles']) : null,
          worst: numberIn(row, 'worst'),
          asGood: numberIn(row, 'as_good'),
        };
      }),
    };
  });
