import type { Substrategy } from '../words/recipe';

export interface TemplateField {
  key: string;
  label: string;
  /** What more and less of it does. */
  explains: string;
  unit?: string;
  min: number;
  max: number;
  step: number;
  initial: number;
  whole?: boolean;
}
type Values = Record<string, number>;
export interface Template {
  key: string;
  title: string;
  idea: string;
  /** When it disappoints. */
  weakness: string;
  fields: readonly TemplateField[];
  conjunction: 'AND' | 'OR';
  parts: (values: Values, longOnly: boolean) => Substrategy[];
}

const mode = (name: string, longOnly: boolean): string => `${name}${longOnly ? '_long_only' : ''}`;
const whole = { step: 1, whole: true } as const;

export const TEMPLATES: readonly Template[] = [
  {
    key: 'trend',
    title: 'Follow the trend',
    idea: 'Hold while the price stands above its average, stay out below.',
    weakness: 'Markets without a direction: it buys high and sells low, again and again.',
    conjunction: 'AND',
    fields: [
      {
        key: 'window',
        label: 'Average over',
        unit: 'bars',
        explains: 'More bars: slower, fewer trades, later out. 200 days is the usual long-term average.',
        min: 2,
        max: 1000,
        initial: 200,
        ...whole,
      },
      {
        key: 'distance',
        label: 'Distance from the average',
        unit: '%',
        explains: 'How far beyond the average the price must be. More: fewer false starts, later in.',
        min: 0,
        max: 50,
        step: 0.5,
        initial: 0,
      },
    ],
    parts: ({ window, distance }, longOnly) => [
      {
        id: 1,
        indicator: 'get_sma',
        signal_func: mode('momentum_band_signal', longOnly),
        window: window!,
        signal: Number((distance! / 100).toFixed(6)),
        data_column: 'v',
      },
    ],
  },
  {
    key: 'reversion',
    title: 'Buy the dip',
    idea: 'Buy after a sharp fall (a low RSI), and leave when it has calmed down.',
    weakness: 'Long declines: what fell can go on falling. Think of a stop.',
    conjunction: 'AND',
    fields: [
      {
        key: 'window',
        label: 'RSI over',
        unit: 'bars',
        explains: 'Fewer bars: reacts to smaller dips, trades more often.',
        min: 2,
        max: 200,
        initial: 5,
        ...whole,
      },
      {
        key: 'line',
        label: 'Buy below an RSI of',
        explains: 'Lower: only after sharper falls, fewer trades.',
        min: 1,
        max: 49,
        initial: 30,
        ...whole,
      },
    ],
    parts: ({ window, line }, longOnly) => [
      {
        id: 1,
        indicator: 'get_rsi',
        signal_func: mode('reversion_bounded_signal', longOnly),
        window: window!,
        signal: line!,
        data_column: 'v',
      },
    ],
  },
  {
    key: 'breakout',
    title: 'Buy the breakout',
    idea: 'Hold while the price is unusually far above its recent mean (above its Bollinger band).',
    weakness: 'False breakouts in quiet markets, and costs: it trades often.',
    conjunction: 'AND',
    fields: [
      {
        key: 'window',
        label: 'Mean over',
        unit: 'bars',
        explains: 'What "recent" means. 20 bars are usual.',
        min: 2,
        max: 500,
        initial: 20,
        ...whole,
      },
      {
        key: 'deviations',
        label: 'Width of the band',
        unit: 'deviations',
        explains: 'How unusual the move must be. More: fewer trades.',
        min: 0.1,
        max: 5,
        step: 0.1,
        initial: 1,
      },
    ],
    parts: ({ window, deviations }, longOnly) => [
      {
        id: 1,
        indicator: 'get_bollinger_band',
        signal_func: mode('momentum_band_signal', longOnly),
        window: window!,
        signal: deviations!,
        data_column: 'v',
      },
    ],
  },
  {
    key: 'dip-in-trend',
    title: 'Buy dips within a trend',
    idea: 'Buy a short dip, but only while the price stands above its long average.',
    weakness: 'It is seldom invested: there may be too few trades to tell whether it works.',
    conjunction: 'AND',
    fields: [
      {
        key: 'window',
        label: 'Trend: average over',
        unit: 'bars',
        explains: 'More bars: a longer trend, less often broken.',
        min: 2,
        max: 1000,
        initial: 200,
        ...whole,
      },
      {
        key: 'rsi',
        label: 'Dip: RSI over',
        unit: 'bars',
        explains: 'Fewer bars: smaller dips, more trades.',
        min: 2,
        max: 100,
        initial: 4,
        ...whole,
      },
      {
        key: 'line',
        label: 'Buy below an RSI of',
        explains: 'Lower: only after sharper dips.',
        min: 1,
        max: 49,
        initial: 35,
        ...whole,
      },
    ],
    parts: ({ window, rsi, line }, longOnly) => [
      {
        id: 1,
        indicator: 'get_sma',
        signal_func: mode('momentum_band_signal', longOnly),
        window: window!,
        signal: 0,
        data_column: 'v',
      },
      {
        id: 2,
        indicator: 'get_rsi',
        signal_func: mode('reversion_bounded_signal', longOnly),
        window: rsi!,
        signal: line!,
        data_column: 'v',
      },
    ],
  },
];
