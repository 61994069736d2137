import { choice } from './schema/choice';
import { must } from './schema/must';
import { integer } from './schema/texts';
import type { Stated, Zod } from './schema/wire-document';
import { LONGEST_WINDOW } from './sizing';

/** Why a position was closed by its own rules and not by its signal, in the words of trades, logs and metrics. */
export const PROTECTIVE_EXITS = ['stop_loss', 'take_profit', 'trailing_stop', 'breakeven', 'time_stop'] as const;
export type ProtectiveExit = (typeof PROTECTIVE_EXITS)[number];

/** Window of the average true range where a distance states none. */
const ATR_WINDOW = 14;

interface DistanceBounds {
  readonly of: string;
  /** In percent of that price. */
  readonly below?: number;
}

/** A distance from a price: a share of it, or a multiple of the average true range at the close that decided the entry. */
function distance(z: Zod, { of, below = 1000 }: DistanceBounds) {
  const percent = z.strictObject({
    percent: z
      .number()
      .gt(0)
      .lt(below, must('exclusive_maximum', `be below ${below}`))
      .meta({ description: `In percent of ${of}.` }),
  });
  const atr = z.strictObject({
    atr: z
      .number()
      .gt(0)
      .max(1000)
      .meta({ description: 'In average true ranges, as known at the close that decided the entry.' }),
    window: integer(z)
      .min(1)
      .max(LONGEST_WINDOW)
      .default(ATR_WINDOW)
      .meta({ description: "Bars of Wilder's average true range." }),
  });
  return { percent, atr };
}

const meansAtr = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'atr' in value && !('percent' in value) ? 1 : 0;

function distanceFrom(z: Zod, bounds: DistanceBounds) {
  const { percent, atr } = distance(z, bounds);
  return choice(z, [percent, atr], meansAtr);
}

/** What moves a trailing stop: the closes, or the highs (of a short position the lows) of bars that are over. */
const TRAILED_PRICES = ['close', 'extreme'] as const;

function trailing(z: Zod) {
  const { percent, atr } = distance(z, { of: 'the best price since the entry', below: 100 });
  const follows = {
    follows: z
      .enum(TRAILED_PRICES)
      .default('close')
      .meta({ description: 'The best close, or the best high (low of a short position), of the bars that are over.' }),
  };
  return choice(z, [percent.extend(follows), atr.extend(follows)], meansAtr);
}

/** When a position that its own rules have closed may be entered again while its signal stands. */
const reEntry = (z: Zod) =>
  z
    .discriminatedUnion('rule', [
      z.strictObject({ rule: z.literal('after_signal_off') }),
      z.strictObject({ rule: z.literal('immediately') }),
      z.strictObject({
        rule: z.literal('after_bars'),
        bars: integer(z)
          .min(1)
          .max(LONGEST_WINDOW)
          .meta({ description: 'Closes after the exit, that of its own bar included, at which nothing is entered.' }),
      }),
    ])
    .default({ rule: 'after_signal_off' });

const EXITS = ['stop_loss', 'take_profit', 'trailing_stop', 'breakeven', 'time_stop'] as const;

/** How a position is ended beside its signal: rules that backtest, sweep, validation and trade run alike. */
export const protection = (z: Zod) =>
  z
    .strictObject({
      stop_loss: distanceFrom(z, { of: 'the entry price', below: 100 }).optional(),
      take_profit: distanceFrom(z, { of: 'the entry price' }).optional(),
      trailing_stop: trailing(z).optional(),
      breakeven: distanceFrom(z, { of: 'the entry price' })
        .meta({
          description: 'Favourable move, by the extremes of bars that are over, that moves the stop to the entry.',
        })
        .optional(),
      time_stop: z
        .strictObject({
          bars: integer(z)
            .min(1)
            .max(1_000_000)
            .meta({ description: 'Bars that a position is held at most; decided at a close, filled as a signal is.' }),
        })
        .optional(),
      re_entry: reEntry(z),
    })
    .refine(
      (stated) => EXITS.some((exit) => stated[exit] !== undefined),
      must('any_of', `state one of ${EXITS.join(', ')}`),
    )
    .meta({
      description: 'Stops and targets of a position; at least one of them.',
      anyOf: EXITS.map((exit) => ({ required: [exit] })),
    });

const expiry = (z: Zod) =>
  integer(z)
    .min(1)
    .max(LONGEST_WINDOW)
    .meta({ description: 'Bars after the deciding close in which the order works.' });

/** How a position is entered: absent is at the market. */
export const entryOrder = (z: Zod) => {
  const resting = <T extends 'limit' | 'stop'>(type: T, side: string) =>
    z.strictObject({
      type: z.literal(type),
      offset: distanceFrom(z, { of: 'the deciding close', below: 100 }).meta({
        description: `From the deciding close ${side}.`,
      }),
      expires_after_bars: expiry(z),
    });
  return z.discriminatedUnion('type', [
    resting('limit', 'down for a long, up for a short entry'),
    resting('stop', 'up for a long, down for a short entry'),
  ]);
};

export type ProtectionDocument = Stated<typeof protection>;
export type EntryOrderDocument = Stated<typeof entryOrder>;
export type DistanceDocument = NonNullable<ProtectionDocument['stop_loss']>;
